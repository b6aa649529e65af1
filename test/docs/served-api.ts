import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { type ApiOnParts, startApiOnParts } from '../services/api/api-on-parts';
import type { Started } from '../support/started';

export interface ServedApi {
  readonly api: ApiOnParts;
  /** Of the server, without a path. */
  readonly url: string;
  /** For what the commands of a page write. */
  readonly folder: string;
}

/** The API behind a port, for the commands that a page prints. */
export async function serveApi(started: Started): Promise<ServedApi> {
  const api = await started.use(startApiOnParts());
  await api.reset();
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  started.defer(() => rmSync(folder, { recursive: true, force: true }));
  const server = serve({ fetch: api.app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
  started.defer(() => server.close());
  await once(server, 'listening');
  return { api, folder, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
