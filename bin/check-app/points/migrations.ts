import { fails, holds, notSeen, type Point } from '../point';
import { lastWords } from '../run';

export const migrations: Point = {
  name: 'migrations',
  look: async (run) => {
    const codes = await run.migrated();
    if (codes === undefined) return notSeen('the app has no migrations of its own');
    const program = run.program('migrations');
    const first = run.tasks.find((task, index) => task.program === program && codes[index] !== 0);
    if (first === undefined) return holds('two at once on an empty database ended with 0, and so did a third');
    const which = codes.slice(0, 2).every((code) => code === 0)
      ? 'on a database that has them'
      : 'two at once on an empty database';
    const advice = 'take a lock on DATABASE_DIRECT_URL first (pg_advisory_lock), and leave out what has run';
    return fails(`${which}, they ended with ${codes.join(', ')}${lastWords(first)}; every task that starts runs them: ${advice}`);
  },
};
