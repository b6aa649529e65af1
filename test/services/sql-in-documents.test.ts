import { Client, type QueryResult } from 'pg';
import type { PostgresServer } from '../../bin/local/parts/postgres-process';
import { startStandby } from '../../bin/local/parts/standby';
import { databaseRoles } from '../../services/contract';
import { documents, textOf } from '../docs/commands-in-documents';
import { setUp, stoppedAfterEach } from '../support/set-up';
import { masterPassword } from './parts/data-folder';
import { eventually } from './parts/eventually';
import { startStoreDatabase } from './parts/store-database';

/** A statement that a document has somebody run by `sql "…"`. */
interface Statement {
  readonly document: string;
  readonly text: string;
  /** The page leaves it to its reader, or sends them to a replica. */
  readonly onReplica: boolean;
}

const replicas = /^## Read replicas\n.*?(?=^## )/ms;

/** What somebody hands to `sql` in a document, in a block or within a line. */
const statementsIn = (document: string, markdown: string): readonly Statement[] =>
  [...markdown.matchAll(/\bsql "((?:[^"\\]|\\.)*)"/g)].map(({ 1: text = '', index }) => {
    const section = replicas.exec(markdown);
    const within = section !== null && index > section.index && index < section.index + section[0].length;
    return { document, text: text.replaceAll(/\\(["\\$`])/g, '$1'), onReplica: within };
  });

const runbooks = textOf('docs/runbooks.md');
const all = documents.flatMap((document) => statementsIn(document, textOf(document)));
/** `busy` of the runbooks is a statement like any other, and they use it on replicas. */
const busy = statementsIn('docs/runbooks.md', /^busy\(\).*$/m.exec(runbooks)?.[0] ?? '');
const onReplica =
  replicas.exec(runbooks)?.[0].includes('\n  busy\n') === true ? busy.map((one) => ({ ...one, onReplica: true })) : [];
const statements = [...new Map([...all, ...onReplica].map((one) => [`${one.onReplica} ${one.text}`, one])).values()];

/** SQL in a line that is not there to be run. */
const mentioned = new Set([
  'create index concurrently',
  'select … for update',
  'alter role',
  'alter role … set role',
  'alter role store_app set …',
]);

/**
 * Statements that find nothing in a store that has just been seeded, each with the reason. All can be run here: none uses a function that only
 * RDS has. What differs there: its superuser is rdsadmin, here it is postgres.
 */
const findNothing: readonly (readonly [part: string, why: string])[] = [
  ["interval '2 seconds'", 'nothing runs for so long'],
  ["interval '10 minutes'", 'nobody idles for so long'],
  ["wait_event_type = 'IO'", 'nothing waits for the disk'],
  ['mean_exec_time > 1000', 'no statement is so slow'],
  ['pg_prepared_xacts', 'max_prepared_transactions is 0, PostgreSQL’s default'],
];

/** The words of psql's connection that the page writes: `user`, `dbname`. */
const connection = new Map(
  (/^sql\(\) \{ psql '([^']*)' -c "\$1"; \}$/m.exec(runbooks)?.[1] ?? '')
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
);

type Server = Pick<PostgresServer, 'port'>;

let primary: Server;
let replica: Server;
let tables: readonly string[];
const started = stoppedAfterEach();

setUp(async (things) => {
  const store = await things.use(startStoreDatabase());
  await store.query('create extension pg_stat_statements'); // on RDS the master may, and the migrations do it as the master
  await store.query(`insert into payment_events (id, type, payment_intent_id, amount_minor, currency, occurred_at)
    values ('evt_1', 'payment_intent.succeeded', 'pi_1', 500, 'USD', now());
    insert into orders (user_id, idempotency_key, total_minor, currency, expires_at, status)
    select id, gen_random_uuid(), 500, 'USD', now(), 'refund_due' from users limit 1;
    insert into orders (user_id, idempotency_key, total_minor, currency, expires_at, status, dispute)
    select id, gen_random_uuid(), 500, 'USD', now(), 'paid', 'open' from users limit 1;
    insert into announcements (type, order_id) select 'order-paid', id from orders;
    insert into files (user_id, idempotency_key, project, category, name, content_type, bytes, object_key, status, upload_ends_at, remove_at)
    select id, gen_random_uuid(), 'p', 'c', 'n', 'text/plain', 5, 'k', 'deleted', now() - interval '2 days', now() from users limit 1;
    insert into product_pictures (product_id, idempotency_key, position, alt, content_type, bytes, upload_key, status, reason, settled_at)
    select id, gen_random_uuid(), 1, '', 'image/png', 5, 'k', 'refused', 'broken', now() from products limit 1;
    analyze`);
  tables = (await store.query('select relname from pg_stat_user_tables')).map(({ relname }) => String(relname));
  const standby = await things.use(startStandby(store.server));
  await standby.caughtUp();
  [primary, replica] = [store, standby];
});

async function open(server: Server, user: string, password?: string): Promise<Client> {
  const client = new Client({ host: '127.0.0.1', port: server.port, database: connection.get('dbname'), user, password });
  client.on('error', () => undefined); // it is ended from outside
  await client.connect();
  started.defer(() => client.end().catch(() => undefined));
  return client;
}

const asMaster = (server: Server) => open(server, connection.get('user') ?? '', masterPassword);

const waits = 'select pg_advisory_lock(1)';

/** One of the API waits for another that does nothing. @returns its pid, and how its wait ends */
async function aWait(server: Server, watcher: Client) {
  const [blocking, waiting] = await Promise.all([open(server, databaseRoles.app), open(server, databaseRoles.app)]);
  await blocking.query('begin');
  await blocking.query(waits);
  const { rows } = await waiting.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = rows[0]?.pid ?? 0;
  const ended = waiting.query(waits).then(
    () => 'it got what it waited for',
    (error: { readonly code?: string }) => error.code,
  );
  await eventually('it waits', async () => {
    const { rows: found } = await watcher.query("select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'", [
      pid,
    ]);
    return found.length > 0;
  });
  return { pid, ended };
}

/** In place of the words that the page leaves to its reader; a word without a value is an error. */
function filledIn(text: string, pid: number): readonly string[] {
  const one = text.replaceAll(/\b12345\b/g, String(pid));
  const filled = one.includes('TABLE_NAME') ? tables.map((table) => one.replaceAll('TABLE_NAME', table)) : [one];
  const unknown = filled.flatMap((statement) => statement.match(/\$\w+|\b[A-Z_]{4,}\b/g) ?? []);
  if (unknown.length > 0) throw new Error(`No value for ${unknown.join(', ')} in: ${text}`);
  return filled;
}

/** How PostgreSQL tells a session that somebody ended what it did, or the session. */
const endings = { pg_cancel_backend: '57014', pg_terminate_backend: '57P01' } as const;
const endingOf = (text: string) =>
  (Object.keys(endings) as (keyof typeof endings)[]).find((name) => text.includes(`${name}(12345)`));

const mayFindNothing = (text: string, server: Server): boolean =>
  findNothing.some(([part]) => text.includes(part)) || (server === replica && text.includes('pg_stat_replication'));

test('a statement is found in a block and in a line, on a replica under its heading, and has to be filled in', () => {
  const markdown = '`sql "select \\"A\\""` or\n\n## Read replicas\n\n```sh\nsql "vacuum TABLE_NAME"\n```\n\n## RDS Proxy\n';
  expect(statementsIn('a.md', markdown)).toEqual([
    { document: 'a.md', text: 'select "A"', onReplica: false },
    { document: 'a.md', text: 'vacuum TABLE_NAME', onReplica: true },
  ]);
  expect(filledIn('vacuum TABLE_NAME', 1).length).toBe(tables.length);
  expect(() => filledIn('select * from orders where id = ORDER_ID', 1)).toThrow('No value for ORDER_ID');
});

test('the documents have statements, all handed to sql, and the page says as whom they are run', () => {
  expect(statements.length).toBeGreaterThan(25);
  expect(busy).toHaveLength(1);
  expect([connection.get('dbname'), connection.get('user')]).toEqual(['store', 'store_admin']);
});

test('no other SQL stands in the documents', () => {
  const code = documents.flatMap((document) => [
    ...[...textOf(document).matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.replaceAll(/\s+/g, ' ')),
    ...[...textOf(document).matchAll(/\bpsql\b.* -c (.*)/g)].map(([, text = '']) => text),
  ]);
  const verb =
    /^"?(select|insert into|update \w+ set|delete from|create (index|table|role|extension)|alter|drop|vacuum|analyze|reindex|revoke)\b ./i;
  expect(code.filter((text) => verb.test(text) && !mentioned.has(text.toLowerCase()))).toEqual([]);
  expect(documents.filter((document) => textOf(document).includes('```sql'))).toEqual([]);
});

test.each(statements)('$document runs: $text', async ({ text, onReplica: there }) => {
  const servers = there ? [primary, replica] : [primary];
  const wrong = await Promise.all(servers.map((server) => problemsOf(text, server)));
  expect(wrong.flat()).toEqual([]);
});

/** What the statement does not do, beside a wait and an idle session of the master. @throws DatabaseError where PostgreSQL refuses it */
async function problemsOf(text: string, server: Server): Promise<readonly string[]> {
  const [master, tool] = [await asMaster(server), await asMaster(server)];
  const warnings: string[] = []; // such as that a table was not vacuumed
  master.on('notice', ({ severity, message = '' }) => warnings.push(...(severity === 'WARNING' ? [message] : [])));
  const toolEnded = new Promise<void>((done) => tool.once('end', done));
  const wait = await aWait(server, master);
  const results: QueryResult<Record<string, unknown>>[] = [];
  for (const statement of filledIn(text, wait.pid)) results.push(await master.query(statement));
  const ending = endingOf(text);
  const endsTools = text.includes('pg_terminate_backend(pid)') && !mayFindNothing(text, server);
  if (endsTools) await toolEnded;
  const showsWaits = /\bwaits_for\b|^select pid, usename, now\(\)/.test(text);
  const found = results.flatMap(({ rows }) => rows);
  const checks = {
    'a warning': warnings.length > 0,
    'nothing found':
      results.some(({ command, rows }) => command === 'SELECT' && rows.length === 0) && !mayFindNothing(text, server),
    'columns that it may not read': JSON.stringify(found).includes('insufficient privilege'),
    'the wait is not shown': showsWaits && !found.some(({ pid, query }) => pid === wait.pid && query === waits),
    'the wait is not ended': ending !== undefined && (await wait.ended) !== endings[ending],
  };
  return Object.entries(checks).flatMap(([name, is]) => (is ? [`port ${server.port}: ${name} ${warnings.join('; ')}`] : []));
}
