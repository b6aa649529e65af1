import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { Pool, type PoolConfig } from 'pg';
import { encodeCursor } from '../../services/api/cursor';
import { type ProductRow, productOf } from '../../services/api/product';
import { productListQuery } from '../../services/api/product-list';
import { environment as names, viewerAddressHeader } from '../../services/contract';
import { reserve } from '../../services/orders/reserve';
import { reserveByLock } from './reserve-by-lock';

/**
 * What the API is measured against: `node:http`, `pg` and `ioredis`, the same SQL and the same commands, the same answer, and
 * nothing around them: no request id, log, metric, check of the input, lock or circuit breaker. The id that it sends is always the same one.
 */
const variable = (name: string): string => process.env[name] ?? '';
const poolTo = (endpoint: string): Pool => {
  const [host = '', port] = endpoint.split(':');
  const settings: PoolConfig = {
    host,
    port: Number(port),
    user: variable(names.databaseUser),
    database: variable(names.databaseName),
  };
  return new Pool({ ...settings, max: Number(variable(names.databaseConnections)), idleTimeoutMillis: 0 });
};
const primary = poolTo(variable(names.databaseHost));
const replica = poolTo(variable(names.databaseReaderHosts));
const [cacheHost = '', cachePort] = variable(names.cacheHost).split(':');
const cache = new Redis({ host: cacheHost, port: Number(cachePort), protocol: 2 });

/** As the API's limits count: one command. */
cache.defineCommand('countRequest', {
  numberOfKeys: 1,
  lua: `redis.call('set', KEYS[1], 0, 'EX', 60, 'NX') local count = redis.call('incr', KEYS[1]) return { count, redis.call('pttl', KEYS[1]) }`,
});
const limited = cache as Redis & { countRequest(key: string): Promise<[count: number, leftMs: number]> };

const requestId = '00000000-0000-4000-8000-000000000000';

const server = createServer((request, response) => {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const header = (name: string): string => String(request.headers[name]);
  const work = (): unknown => {
    if (path === '/health') return health(response);
    if (path === '/drop/statement') return drop(response, reserve(primary, header('x-user'), header('x-product'), 1));
    if (path === '/drop/lock') return drop(response, reserveByLock(primary, header('x-user'), header('x-product')));
    return productList(response, header(viewerAddressHeader), new URLSearchParams(query));
  };
  void (async () => {
    try {
      await work();
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  })();
});

function health(response: ServerResponse): void {
  const body = JSON.stringify({ status: 'ok', timestamp: new Date().toISOString(), uptime: process.uptime() });
  response.writeHead(200, {
    'cache-control': 'no-store',
    'content-type': 'application/json',
    'x-request-id': requestId,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

async function productList(response: ServerResponse, address: string, query: URLSearchParams): Promise<void> {
  const [count] = await limited.countRequest(`bare-rate:${address}`);
  if (count > 100) {
    response.writeHead(429).end();
    return;
  }
  const asked = {
    minPriceMinor: query.has('minPriceMinor') ? Number(query.get('minPriceMinor')) : undefined,
    maxPriceMinor: query.has('maxPriceMinor') ? Number(query.get('maxPriceMinor')) : undefined,
    limit: Number(query.get('limit') ?? 20),
    sort: 'newest',
  } as const;
  const key = `bare:${JSON.stringify(asked)}`;
  let entry = await cache.get(key);
  if (entry === null) {
    const { text, values } = productListQuery({ ...asked, rows: asked.limit + 1 });
    const { rows } = await replica.query<ProductRow & { readonly place: string }>(text, [...values]);
    const items = rows.slice(0, asked.limit);
    const last = rows.length > asked.limit ? items.at(-1) : undefined;
    const nextCursor = last ? encodeCursor({ sort: asked.sort, by: last.place, id: last.id }) : null;
    const json = JSON.stringify({ items: items.map(productOf), nextCursor });
    entry = `"${createHash('sha256').update(json).digest('base64url').slice(0, 22)}"\n${json}`;
    await cache.set(key, entry, 'PX', 600_000);
  }
  const end = entry.indexOf('\n');
  const body = entry.slice(end + 1);
  response.writeHead(200, {
    'cache-control': 'public, s-maxage=300, stale-while-revalidate=600',
    etag: entry.slice(0, end),
    'content-type': 'application/json',
    'x-request-id': requestId,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

async function drop(response: ServerResponse, reserved: Promise<{ readonly outcome: string }>): Promise<void> {
  const { outcome } = await reserved;
  response.writeHead(outcome === 'reserved' ? 200 : 409).end(outcome);
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ message: 'Listening', port: (server.address() as AddressInfo).port }));
});
process.once('SIGTERM', () => process.exit(0));
