// An app that holds every point: API, worker and migrations in one file. BREAK names the point that it breaks.
const fs = require('node:fs');
const http = require('node:http');
const { setTimeout: pause } = require('node:timers/promises');
const { Client, Pool } = require('pg');
const { Cluster, Redis } = require('ioredis');

const { BREAK: broken, PORT, DATABASE_URL, DATABASE_DIRECT_URL, REDIS_URL, JOBS_REDIS_URL, CACHE_CLUSTER_MODE } = process.env;
const breaks = (point) => broken === point;
const log = (message, more) => console.log(JSON.stringify({ message, ...more }));
const wrongUrls = {
  tls: (url) => url.replace('require', 'disable'),
  'log-in': (url) => url.replace('@', 'x@'),
  rotation: (url) => url.replace('_b:', '_a:'),
};
const databaseUrl = (wrongUrls[broken] ?? String)(DATABASE_URL);
const caches = [];

const poolOf = (url) => {
  const pool = new Pool({ connectionString: url, max: 5 });
  if (breaks('pooler')) pool.on('connect', (client) => void client.query(`set statement_timeout = 9000`));
  pool.on('error', ({ message }) => {
    log('a connection ended', { reason: message });
    if (breaks('database failover')) process.exit(1);
  });
  return pool;
};

function redisOf(url, cluster) {
  const { hostname: host, port, username, password } = new URL(url);
  const options = { username, password, tls: {}, ...(breaks('cache failover') && { retryStrategy: () => null }) };
  const client = cluster
    ? new Cluster([{ host, port }], { dnsLookup: (name, done) => done(null, name), redisOptions: options })
    : new Redis({ host, port, ...options });
  client.on('error', ({ message }) => log('the cache is away', { reason: message }));
  caches.push(client);
  return client;
}

async function migrate() {
  const client = new Client({ connectionString: DATABASE_DIRECT_URL });
  await client.connect();
  if (!breaks('migrations')) await client.query('select pg_advisory_lock(1)');
  const { rows } = await client.query(`select to_regclass('orders') as found`);
  if (breaks('migrations')) await pause(500);
  if (rows[0].found === null)
    await client.query(`create table orders (id bigint generated always as identity, state text not null)`);
  await client.end();
}

async function work() {
  const [pool, jobs] = [poolOf(databaseUrl), redisOf(JOBS_REDIS_URL, false)];
  const stopping = new AbortController();
  process.on('SIGTERM', () => stopping.abort());
  const state = breaks('steps') ? 'late' : 'confirmed';
  const confirm = (id) => pool.query('update orders set state = $2 where id = $1', [id, state]);
  while (!stopping.signal.aborted) {
    const id = await jobs.lpop('orders').catch(() => null);
    if (id === null) await pause(50);
    else
      await confirm(id)
        .catch(() => jobs.rpush('orders', id))
        .catch(({ message }) => log('a job is lost', { reason: message }));
  }
  await end(pool);
}

async function end(pool) {
  for (const cache of caches) cache.disconnect();
  await pool.end();
}

function serve() {
  if (breaks('user') && process.getuid() !== 0) throw new Error('not root');
  if (breaks('disk')) fs.writeFile(`${__dirname}/written`, '', () => undefined);
  if (breaks('logs')) log(DATABASE_URL);
  if (breaks('memory')) globalThis.ballast = Buffer.alloc(600 * 2 ** 20, 1);
  const own = new Set(); // what this task has made
  const pool = poolOf(databaseUrl);
  const cache = redisOf(REDIS_URL, CACHE_CLUSTER_MODE === 'true' && !breaks('cache'));
  const jobs = redisOf(JOBS_REDIS_URL, false);

  const routes = {
    'GET /health': async () => [breaks('health') ? 500 : 200, {}],
    'GET /slow': async () => [200, await pause(1_000, {})],
    'POST /orders': async () => {
      const { rows } = await pool.query(`insert into orders (state) values ('new') returning id`);
      own.add(rows[0].id);
      await jobs.rpush('orders', rows[0].id);
      return [201, { id: rows[0].id }];
    },
    'GET /orders': async (id) => {
      if (breaks('two tasks') && !own.has(id)) return [404, {}];
      await cache.incr(`order:${id}`);
      const { rows } = await pool.query('select state from orders where id = $1', [id]);
      return rows[0] === undefined ? [404, {}] : [200, rows[0]];
    },
  };

  const server = http.createServer((request, response) => {
    const [, path = '', id] = request.url.split('/');
    const answer = ([status, body]) => {
      if (!server.listening) response.setHeader('Connection', 'close');
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const failed = ({ message }) => {
      log('a request failed', { path: request.url, reason: message });
      answer([500, {}]);
    };
    const route = routes[`${request.method} /${path}`] ?? (async () => [404, {}]);
    route(id).then(answer).catch(failed);
  });
  server.keepAliveTimeout = breaks('keep-alive') ? 5_000 : 30_000; // ms
  server.listen(Number(PORT), breaks('port') ? '127.0.0.1' : '0.0.0.0', () => log('listening', { port: PORT }));
  process.on('SIGTERM', () => {
    if (breaks('in progress')) process.exit(0);
    if (!breaks('stop')) server.close(() => void end(pool));
  });
}

const programs = { migrations: migrate, api: serve, worker: work };
(async () => programs[process.argv[2]]())().catch(({ message }) => {
  log('failed', { reason: message });
  process.exit(1);
});
