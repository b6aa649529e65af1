import { parseLog } from '../../../bin/check-app/backends/database-log';
import { badStatements, hasPerTransaction } from '../../../bin/check-app/statements';

const logged = (...lines: readonly string[]) => parseLog(lines.map((line) => `[local]|store_app_a|7| LOG:  ${line}\n`).join(''));
const kinds = (...lines: readonly string[]) => badStatements(logged(...lines)).map(({ what }) => what);

describe('statements that keep a connection of a pooler', () => {
  it.each([
    ['statement: SET search_path TO shop', 'a SET command'],
    ['statement: begin; set session statement_timeout = 5', 'a SET command'],
    ['statement: RESET ALL', 'a SET command'],
    ["execute <unnamed>: select set_config('a.b', $1, false)", 'set_config for the session'],
    ['statement: PREPARE s AS select 1', 'a prepared statement'],
    ['execute s1: select 1', 'a prepared statement with a name (s1)'],
    ['statement: DISCARD ALL', 'a discarded session'],
    ['execute <unnamed>: create temporary table t (id int)', 'a temporary table, sequence or view'],
    ['statement: declare c cursor with hold for select 1', 'a cursor'],
    ['statement: /* jobs */ LISTEN jobs', 'LISTEN'],
    ["statement: load 'auto_explain'", 'a loaded library'],
    ["execute <unnamed>: select nextval('orders_id_seq')", 'a function of sequences'],
    ['execute <unnamed>: select pg_try_advisory_lock($1)', 'an advisory lock of the session'],
    ['execute <unnamed>: select\n\tpg_advisory_unlock(1)', 'an advisory lock of the session'],
  ])('%s', (line, what) => {
    expect(kinds(line)).toEqual([what]);
  });

  it.each([
    'execute <unnamed>: insert into orders (note) values ($1) returning id',
    'statement: begin',
    'statement: SET LOCAL lock_timeout = 100',
    'statement: set transaction isolation level serializable',
    'execute <unnamed>: select pg_advisory_xact_lock(1)',
    "execute <unnamed>: select set_config('a.b', $1, true)",
    "statement: SET application_name='shop';", // PgBouncer's own
    'connection authorized: user=store_app_a database=store',
  ])('and none of these: %s', (line) => {
    expect(kinds(line)).toEqual([]);
  });

  it('tells each kind once, with who sent it', () => {
    const bad = badStatements(logged('statement: listen a', 'statement: listen b'));
    expect(bad).toEqual([expect.objectContaining({ user: 'store_app_a', statement: 'listen a' })]);
  });

  it('knows what is for one transaction', () => {
    expect([hasPerTransaction(logged('statement: set local a = 1')), hasPerTransaction(logged('statement: select 1'))]).toEqual([
      true,
      false,
    ]);
  });
});
