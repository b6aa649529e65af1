import type { Cluster, Redis } from 'ioredis';
import type { ValkeyPart } from '../../../bin/local/parts/valkey';
import type { ValkeyCluster } from '../../../bin/local/parts/valkey-cluster';
import { type CacheAside, type CacheAsideProps, createCacheAside, type Loaded } from '../../../services/cache-aside';
import { cacheTimes } from '../../../services/cache-aside/cache-times';
import { setUp, stoppedAfterEach } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { patient, patientCache } from '../parts/patient-cache';
import { startCache, startCacheCluster } from '../parts/valkey';

export const policy = { ttlSeconds: cacheTimes.productList };
export const started = stoppedAfterEach();

interface Task {
  readonly cached: CacheAside;
  readonly client: Redis | Cluster;
  readonly clock: { ms: number };
  readonly reads: string[];
  readonly lines: () => Record<string, unknown>[];
}

export async function newTask(port: number, clusterMode = false, props: Partial<CacheAsideProps> = {}): Promise<Task> {
  const { log, lines } = collectedLog();
  const cache = await patientCache(started, port, log, clusterMode);
  const clock = { ms: Date.now() };
  const reads: string[] = [];
  const cached = createCacheAside({
    client: cache.client,
    log,
    now: () => clock.ms,
    onHit: () => reads.push('hit'),
    onMiss: () => reads.push('miss'),
    onFallback: () => reads.push('fallback'),
    ...props,
    limits: { ...patient, ...props.limits },
  });
  started.defer(() => cached.close());
  return { cached, client: cache.client, clock, reads, lines };
}

let keys = 0;
export const newKey = (): string => `test:${++keys}`;

/** A source that numbers what it gives. */
export const source = (...tags: string[]) => {
  let times = 0;
  return jest.fn(async (): Promise<Loaded | undefined> => ({ text: `text ${++times}`, tags }));
};

/** A source that answers when the test says so. */
export function heldSource(...tags: string[]) {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const load = jest.fn(async (): Promise<Loaded> => {
    begin();
    await released;
    return { text: 'held', tags };
  });
  return { load, begun, release };
}

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate);
}

export let single: ValkeyPart;
let cluster: ValkeyCluster;
setUp(async (things) => {
  [single, cluster] = await Promise.all([things.use(startCache()), things.use(startCacheCluster())]);
});

export const startOn = {
  server: (props?: Partial<CacheAsideProps>) => newTask(single.port, false, props),
  cluster: (props?: Partial<CacheAsideProps>) => newTask(cluster.port, true, props),
};
