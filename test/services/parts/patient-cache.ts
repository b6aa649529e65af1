import { once } from 'node:events';
import { type Cache, createCache } from '../../../services/runtime/cache';
import type { Logger } from '../../../services/runtime/logger';
import type { Started } from '../../support/started';

/** ms, in tests that are not about them: on a busy machine a cache that answers may take a while. A lock outlasts a command. */
export const patient = { commandMs: 60_000, lockMs: 120_000 } as const;

const login = { user: '', replicationGroup: '', region: '', login: 'none' } as const;

/** The services' own client, ready, with time limits that a busy machine does not reach. */
export async function patientCache(started: Started, port: number, log: Logger, clusterMode = false): Promise<Cache> {
  const settings = { endpoint: { host: '127.0.0.1', port }, clusterMode, ...login };
  const cache = createCache(settings, log, undefined, { connect: 60_000, command: 60_000 });
  started.defer(() => cache.close());
  await once(cache.client, 'ready');
  return cache;
}
