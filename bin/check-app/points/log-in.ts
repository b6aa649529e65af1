import { roleOf } from '../backends/database';
import { fails, holds, notSeen, type Point } from '../point';
import type { Run } from '../run';
import { tls } from './tls';

export const logIn: Point = {
  name: 'log-in',
  look: async (run) => {
    const { database } = run.props.backends;
    if (database === undefined) return notSeen('no program asks for the database');
    const encrypted = await tls.look(run); // it has tried the steps
    if (encrypted.holds === false) return notSeen('see tls');
    const entries = await database.entries();
    const used = new Set(entries.filter(({ text }) => text.startsWith('connection authorized')).map(({ user }) => user));
    const asking = run.own.filter(({ environment }) => environment.has('DATABASE_NAME'));
    const absent = asking.filter(({ name }) => !used.has(database.logIns.userOf(roleOf(name), 'a')));
    const how = database.logIns.byPassword ? 'by password' : 'by IAM (here any token is taken)';
    if (absent.length === 0) return holds(`${asking.map(({ name }) => name).join(', ')} logged in to PostgreSQL ${how}`);
    const refused = refusals(entries.map(({ text }) => text).join('\n'), database.pooler?.log() ?? '');
    const names = absent.map(({ name }) => `${name} as ${database.logIns.userOf(roleOf(name), 'a')}`).join(', ');
    if (refused === undefined && !(await allCame(run)))
      return notSeen(`no log-in of ${names}, and the steps did not come so far`);
    const advice = database.logIns.byPassword ? 'take DATABASE_URL as it is' : 'log in as DATABASE_USER with a signed token';
    return fails(
      `no log-in of ${names}${refused === undefined ? '' : ` (${refused})`}; ${advice}, or take "database" out of its needs`,
    );
  },
};

/** Whether users' steps have led to everything that the programs do. */
async function allCame(run: Run): Promise<boolean> {
  return run.steps.length > 0 && (await run.listening()).length > 0 && (await run.exercised()) === undefined;
}

function refusals(log: string, pooler: string): string | undefined {
  const found = /password authentication failed for user "[^"]*"|role "[^"]*" does not exist/.exec(log)?.[0];
  return found ?? /(?:closing because|login failed|pooler error): [^(\n]*(?:auth|user)[^(\n]*/.exec(pooler)?.[0];
}
