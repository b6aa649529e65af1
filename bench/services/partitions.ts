import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { prepareData } from '../../bin/local/data';
import { localFolders } from '../../bin/local/folders';
import { startPostgres } from '../../bin/local/parts/postgres';
import { databaseName } from '../../services/contract';
import { bundleFolder } from '../../services/image/bundle-folder';
import { conditions } from '../machine';
import { type Findings, table } from '../page';
import { median, percentile } from '../statistics';

/** What the issue asks for: ten million orders; of two years, as a store has them that thinks of partitions. */
const asked = { orders: 10_000_000, users: 500_000, months: 24 } as const;

type Made = Readonly<Record<'orders' | 'users' | 'months', number>>;

/** Questions of each kind to each table. */
const questions = 1_000;

/** The same rows three times: as the store has them, by month of the day, and by month of the id, whose beginning is its time. */
const kinds = ['plain', 'by_created', 'by_id'] as const;
type Kind = (typeof kinds)[number];
const names: Readonly<Record<Kind, string>> = { plain: 'one table', by_created: 'by `created_at`', by_id: 'by `id`' };

const columns = `id, user_id, status, total_minor, currency, idempotency_key, payment_intent_id, created_at, updated_at, expires_at, paid_at`;

const rowsSql = `
  insert into plain (${columns})
  select uuidv7(at - clock_timestamp()), users.id, case when n % 50 = 0 then 'cancelled' else 'paid' end, 1000 + n % 20000, 'USD', gen_random_uuid(),
         'pi_' || n, at, at, at + interval '30 minutes', case when n % 50 = 0 then null else at + interval '1 minute' end
    from generate_series(1, $1::int) as n
    join (select id, row_number() over () as number from users where email like 'partitions-%') as users on users.number = 1 + (n::bigint * 7919) % $2
   cross join lateral (select now() - interval '1 hour' - (n::float8 / $1) * interval '1 month' * $3 as at) as time`;

/** A month's partitions of both kinds, from the month before the first order to the one after the last. */
const partitionsSql = `
  do $$
  declare month timestamptz := date_trunc('month', now()) - interval '${asked.months + 1} months';
  begin
    while month < now() + interval '1 month' loop
      execute format('create table by_created_%s partition of by_created for values from (%L) to (%L)', to_char(month, 'YYYYMM'), month, month + interval '1 month');
      execute format('create table by_id_%s partition of by_id for values from (%L) to (%L)', to_char(month, 'YYYYMM'), first_id(month), first_id(month + interval '1 month'));
      month := month + interval '1 month';
    end loop;
  end $$`;

/** The least id of a time, as PostgreSQL's uuidv7 makes them: 48 bits of milliseconds first. */
const firstIdSql = `create function first_id(at timestamptz) returns uuid language sql immutable
  return (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid`;

const indexes = [
  'create index on TABLE (user_id, created_at desc, id desc)',
  'create index on TABLE (status, created_at)',
  'create index on TABLE (created_at)',
  `create index on TABLE (expires_at) where status = 'pending'`,
  'create index on TABLE (paid_at) where paid_at is not null',
  'create index on TABLE (updated_at)',
];

/** What is unique in one table cannot be in partitions, unless their key is a part of it: a table of its own keeps the customers' keys. */
const uniqueness: Readonly<Record<Kind, readonly string[]>> = {
  plain: [
    'alter table plain add primary key (id)',
    'alter table plain add unique (user_id, idempotency_key)',
    'alter table plain add unique (payment_intent_id)',
  ],
  by_created: [
    'alter table by_created add primary key (id, created_at)',
    'create index on by_created (payment_intent_id)',
    'create table by_created_keys as select user_id, idempotency_key, id from plain',
    'alter table by_created_keys add primary key (user_id, idempotency_key)',
  ],
  by_id: [
    'alter table by_id add primary key (id)',
    'create index on by_id (payment_intent_id)',
    'create table by_id_keys as select user_id, idempotency_key, id from plain',
    'alter table by_id_keys add primary key (user_id, idempotency_key)',
  ],
};

interface Sample {
  readonly id: string;
  readonly user_id: string;
  readonly idempotency_key: string;
  readonly payment_intent_id: string;
}

/** The queries of a request, as API and worker ask them: planned each time, since through a proxy none has a name. */
const queries: readonly (readonly [name: string, sql: (kind: Kind) => string, values: (sample: Sample) => readonly unknown[]])[] =
  [
    ['an order by its id', (kind) => `select ${columns} from ${kind} where id = $1`, ({ id }) => [id]],
    [
      'a customer’s orders, the newest 20',
      (kind) => `select ${columns} from ${kind} where user_id = $1 order by created_at desc, id desc limit 21`,
      ({ user_id }) => [user_id],
    ],
    [
      'the order of a check-out that comes again',
      (kind) =>
        kind === 'plain'
          ? `select ${columns} from plain where user_id = $1 and idempotency_key = $2`
          : `select ${columns} from ${kind} where id = (select id from ${kind}_keys where user_id = $1 and idempotency_key = $2)`,
      ({ user_id, idempotency_key }) => [user_id, idempotency_key],
    ],
    [
      'how many of a customer’s wait for their payment',
      (kind) => `select count(*) from ${kind} where user_id = $1 and status = 'pending' and expires_at > now()`,
      ({ user_id }) => [user_id],
    ],
    [
      'an order by its payment',
      (kind) => `select ${columns} from ${kind} where payment_intent_id = $1`,
      (sample) => [sample.payment_intent_id],
    ],
    [
      'orders that ended unpaid',
      (kind) => `select id from ${kind} where status = 'pending' and expires_at <= now() order by expires_at limit 100`,
      () => [],
    ],
    [
      'an order changes its state',
      (kind) => `update ${kind} set status = 'refunded', updated_at = now() where id = $1`,
      ({ id }) => [id],
    ],
    [
      'a new order',
      (kind) => {
        const insert = `insert into ${kind} (user_id, status, total_minor, currency, idempotency_key, expires_at) values ($1, 'cancelled', 1, 'USD', gen_random_uuid(), now())`;
        return kind === 'plain'
          ? insert
          : `with made as (${insert} returning user_id, idempotency_key, id) insert into ${kind}_keys select * from made`;
      },
      ({ user_id }) => [user_id],
    ],
  ];

/** One table of ten million orders, or of a `factor` of them, against partitions by month: the same questions in turns, p95. */
export async function measurePartitions(factor: number, progress: (message: string) => void): Promise<Findings> {
  const under = conditions();
  const made = { ...asked, orders: Math.round(asked.orders * factor), users: Math.round(asked.users * factor) };
  const folder = join(__dirname, '../../.build', `bench-partitions-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const folders = localFolders(folder, false);
  progress('Starting PostgreSQL');
  const settings = { shared_buffers: '2GB', max_wal_size: '8GB', maintenance_work_mem: '1GB' };
  const logFile = join(folders.logs, 'postgres.log');
  const primary = await startPostgres({ folder: folders.primary, durable: false, settings, logFile });
  try {
    await prepareData({ primary, bundle: bundleFolder('services'), folders, write: () => undefined, step: () => undefined });
    const client = new Client({
      host: '127.0.0.1',
      port: primary.port,
      user: 'postgres',
      database: databaseName,
      password: 'none',
    });
    await client.connect();
    try {
      await fill(client, made, progress);
      const sizes = await client.query<{ size: string }>(
        `select pg_size_pretty(pg_table_size('plain')) || ' of rows and ' || pg_size_pretty(pg_indexes_size('plain')) || ' of indexes' as size`,
      );
      const rows = await measure(client, progress);
      const head = `${under}. ${made.orders.toLocaleString('en')} orders of ${made.months} months and ${made.users.toLocaleString('en')} customers (one table: ${sizes.rows[0]?.size}), the same rows in a partition a month; ${questions.toLocaleString('en')} questions each, in turns over one connection, planned each time.`;
      const heads = ['p95 (median), ms', ...kinds.map((kind) => names[kind])];
      return { text: `${head}\n\n${table(heads, rows)}`, failures: [] };
    } finally {
      await client.end();
    }
  } finally {
    await primary.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(client: Client, made: Made, progress: (message: string) => void): Promise<void> {
  const run = (sql: string, values: readonly unknown[] = []) => client.query(sql, [...values]);
  await run(
    `insert into users (email, password_hash) select 'partitions-' || n || '@example.com', 'none' from generate_series(1, $1::int) as n`,
    [made.users],
  );
  const like = 'like orders including defaults including constraints';
  await run(`create table plain (${like})`);
  await run(`create table by_created (${like}) partition by range (created_at)`);
  await run(`create table by_id (${like}) partition by range (id)`);
  await run(firstIdSql);
  await run(partitionsSql);
  progress(`Writing ${made.orders.toLocaleString('en')} orders`);
  await run(rowsSql, [made.orders, made.users, made.months]);
  for (const kind of ['by_created', 'by_id']) {
    progress(`Copying them: ${kind}`);
    await run(`insert into ${kind} select * from plain`);
  }
  for (const kind of kinds) {
    progress(`Indexes: ${kind}`);
    for (const sql of [...uniqueness[kind], ...indexes]) await run(sql.replace('TABLE', kind));
  }
  progress('Statistics');
  await run('vacuum analyze');
}

async function measure(client: Client, progress: (message: string) => void): Promise<string[][]> {
  const { rows: samples } = await client.query<Sample>(
    `select id, user_id, idempotency_key, payment_intent_id from plain tablesample bernoulli (0.1) limit $1`,
    [questions],
  );
  const rows: string[][] = [];
  for (const [name, sql, values] of queries) {
    progress(name);
    const times: Record<Kind, number[]> = { plain: [], by_created: [], by_id: [] };
    for (const [index, sample] of samples.entries()) {
      for (let turn = 0; turn < kinds.length; turn += 1) {
        const kind = kinds[(index + turn) % kinds.length] ?? 'plain';
        const began = performance.now();
        await client.query(sql(kind), [...values(sample)]);
        times[kind].push(performance.now() - began);
      }
    }
    rows.push([name, ...kinds.map((kind) => `${percentile(times[kind], 95).toFixed(2)} (${median(times[kind]).toFixed(2)})`)]);
  }
  return rows;
}
