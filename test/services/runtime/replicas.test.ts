import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres } from '../../../bin/local/parts/postgres';
import type { PostgresServer } from '../../../bin/local/parts/postgres-process';
import { type Standby, startStandby } from '../../../bin/local/parts/standby';
import { createDatabase, type Database } from '../../../services/runtime/database';
import { setUp, stoppedAfterEach } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';

const started = stoppedAfterEach();
let primary: PostgresServer;
let standby: Standby;
let database: Database;
let log: ReturnType<typeof collectedLog>;

/** Answers may be late and replicas behind on a busy machine, where a test is not about that. */
const limits = { checkMs: 20, answerMs: 60_000, lagMs: 60_000 };
const shortLagMs = 300;

setUp(async (things) => {
  primary = await things.use(startPostgres());
  await primary.sql('create role store_app login; create role rds_iam; grant rds_iam to store_app');
  await primary.sql('create table public.written (at timestamptz default now()); grant all on public.written to store_app');
  standby = await things.use(startStandby(primary));
});

const endpointOf = ({ port }: Pick<PostgresServer, 'port'>) => ({ host: '127.0.0.1', port });

function open(readers: readonly Pick<PostgresServer, 'port'>[], lagMs = limits.lagMs): Database {
  log = collectedLog();
  const settings = { writer: endpointOf(primary), readers: readers.map(endpointOf), name: 'postgres', user: 'store_app' };
  const opened = createDatabase({ ...settings, connections: 5, login: 'none', region: 'eu-west-1' }, log.log, {
    limits: { ...limits, lagMs },
  });
  started.defer(() => opened.close());
  return opened;
}

/** The port of the server that answers a read. */
async function answering(): Promise<number | undefined> {
  const { rows } = await database.read<{ port: number }>('select inet_server_port() as port');
  return rows[0]?.port;
}

async function untilReadFrom({ port }: PostgresServer): Promise<void> {
  while ((await answering()) !== port) await pause(2);
}

/** The primary gets further, so that a replica can be behind. */
const write = () => primary.sql('insert into written default values');

const messages = () => log.lines().map(({ message }) => message);

describe('a read', () => {
  it('goes to the writer where there is no replica', async () => {
    database = open([]);
    expect(await answering()).toBe(primary.port);
  });

  it('goes to the writer until a replica is known to be fit, and from then on to the replica', async () => {
    database = open([standby]);
    expect(await answering()).toBe(primary.port);
    await untilReadFrom(standby);
    expect(await answering()).toBe(standby.port);
    expect(messages()).toEqual([]);
  });

  it('goes to the writer while the replica lags, and back when it has caught up', async () => {
    database = open([standby], shortLagMs);
    await untilReadFrom(standby);
    await standby.pause();
    await write();
    await untilReadFrom(primary);
    await standby.resume();
    await untilReadFrom(standby);
    expect(messages()).toEqual(['A read replica is not used, the primary serves its reads', 'A read replica is used again']);
  });

  it('stays at the replica while the primary is idle for longer than a replica may lag', async () => {
    database = open([standby], shortLagMs);
    await untilReadFrom(standby);
    const until = performance.now() + 3 * shortLagMs;
    const ports = new Set<number | undefined>();
    while (performance.now() < until) ports.add(await answering());
    expect([...ports]).toEqual([standby.port]);
  });

  it('succeeds each time while the replica is killed and started again, and it is told once each way', async () => {
    database = open([standby]);
    await untilReadFrom(standby);
    const reads = readAllTheTime(10);
    await standby.kill();
    await untilReadFrom(primary);
    await standby.start();
    await untilReadFrom(standby);
    expect(await reads.end()).toEqual([]);
    const told = messages().filter((message) => String(message).startsWith('A read replica'));
    expect(told).toEqual(['A read replica is not used, the primary serves its reads', 'A read replica is used again']);
  });

  it('succeeds each time while the primary restarts, since the replica goes on', async () => {
    database = open([standby]);
    await untilReadFrom(standby);
    const reads = readAllTheTime(10);
    await primary.restart();
    await write();
    await untilReadFrom(standby);
    expect(await reads.end()).toEqual([]);
  });

  it('goes to the replica that is left when one of two is killed', async () => {
    database = open([{ port: 1 }, standby]); // nobody listens there
    await untilReadFrom(standby);
    expect([await answering(), await answering(), await answering()]).toEqual([standby.port, standby.port, standby.port]);
  });

  it('never goes to a server that is no replica', async () => {
    database = open([primary]);
    while (messages().length === 0) await pause(2);
    expect(log.lines()).toMatchObject([{ level: 'warn', reason: 'It is not a replica' }]);
  });

  it('fails at once where its SQL is wrong, and the replica stays', async () => {
    database = open([standby]);
    await untilReadFrom(standby);
    await expect(database.read('select nothing')).rejects.toThrow('"nothing" does not exist');
    expect(await answering()).toBe(standby.port);
  });
});

describe('the writer', () => {
  it('is there again after a restart, without a restart of the service', async () => {
    database = open([]);
    await database.writer.query('select 1');
    await primary.kill();
    await expect(Promise.all(Array.from({ length: 5 }, () => database.writer.query('select 1')))).rejects.toThrow(/./);
    await primary.start();
    expect((await database.writer.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

/** So many at once, as soon as the last is answered; gives the errors. */
function readAllTheTime(readers: number) {
  const ended = new AbortController();
  const errors: unknown[] = [];
  const loops = Array.from({ length: readers }, async () => {
    while (!ended.signal.aborted) await answering().catch((error: unknown) => errors.push(error));
  });
  return {
    end: async (): Promise<readonly unknown[]> => {
      ended.abort();
      await Promise.all(loops);
      return errors;
    },
  };
}
