import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../../../bin/local/parts/postgres';
import type { PostgresServer } from '../../../../bin/local/parts/postgres-process';
import { type Standby, startStandby } from '../../../../bin/local/parts/standby';
import { takesEffect } from '../../../../lib/facts/postgres-parameters';
import { setUp } from '../../../support/set-up';
import type { Started } from '../../../support/started';

let folder: string;
let primary: PostgresServer;
let standby: Standby;
let things: Started;

setUp(async (started) => {
  things = started;
  folder = mkdtempSync(join(tmpdir(), 'store-parts-'));
  chmodSync(folder, 0o755); // where root runs the tests, the server is somebody else
  started.defer(() => rmSync(folder, { recursive: true, force: true }));
  await startBoth(things);
  await primary.sql('create table notes (note text)');
});

async function startBoth(started: Started): Promise<void> {
  primary = await started.use(startPostgres({ folder: join(folder, 'primary') }));
  standby = await started.use(startStandby(primary, { folder: join(folder, 'standby') }));
}

const note = (text: string) => primary.sql('insert into notes values ($1)', [text]);
const hasNote = async (server: PostgresServer, text: string) =>
  (await server.sql('select from notes where note = $1', [text])).length === 1;

test('what the server reads only at its start is what the facts say, of every parameter that it has', async () => {
  const [server] = await primary.sql<{ major: string }>("select split_part(current_setting('server_version'), '.', 1) as major");
  const settings = await primary.sql<{ name: string; context: string }>('select name, context from pg_settings order by name');
  const setByRds = new Set(['ssl', 'temp_file_limit']); // RDS restarts for them, PostgreSQL does not
  const expected = settings.map(({ name, context }) => ({
    name,
    effect: context === 'postmaster' || setByRds.has(name) ? 'after a restart' : 'at once',
  }));
  expect(settings.length).toBeGreaterThan(300);
  expect(settings.map(({ name }) => ({ name, effect: takesEffect(name, server?.major ?? '') }))).toEqual(expected);
});

describe('the standby', () => {
  it('has what was written to the primary, and refuses to be written to', async () => {
    await note('first');
    await standby.caughtUp();
    expect(await hasNote(standby, 'first')).toBe(true);
    await expect(standby.sql("insert into notes values ('mine')")).rejects.toThrow('read-only');
  });

  it('stays behind while it is paused', async () => {
    await standby.pause();
    await note('later');
    expect(await hasNote(standby, 'later')).toBe(false);
    await standby.resume();
    await standby.caughtUp();
    expect(await hasNote(standby, 'later')).toBe(true);
  });

  it.each<readonly [string, () => Promise<void>]>([
    ['it was killed', () => standby.kill().then(() => standby.start())],
    ['the primary was killed', () => primary.kill().then(() => primary.start())],
    ['the primary restarted', () => primary.restart()],
    [
      'both were stopped and got other ports',
      async () => {
        await standby.stop();
        await primary.stop();
        await startBoth(things);
      },
    ],
  ])('goes on after %s', async (what, happen) => {
    await note(`before ${what}`);
    await happen();
    await note(`after ${what}`);
    await standby.caughtUp();
    expect([await hasNote(standby, `before ${what}`), await hasNote(standby, `after ${what}`)]).toEqual([true, true]);
  });
});

describe('a server that does not start', () => {
  it('says why', async () => {
    await expect(startPostgres({ port: primary.port })).rejects.toThrow('could not bind IPv4 address');
  });
});

describe('a server without a folder', () => {
  it('leaves nothing when it is stopped', async () => {
    const temporary = await things.use(startPostgres());
    await temporary.stop();
    expect(existsSync(temporary.folder)).toBe(false);
  });
});
