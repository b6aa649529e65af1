import { fails, holds, notSeen, type Point } from '../point';
import { cache } from './cache';
import { logIn } from './log-in';
import { tls } from './tls';

/** What would keep users' steps from being answered, and has a point of its own. */
const causes: readonly Point[] = [tls, logIn, cache];

export const steps: Point = {
  name: 'steps',
  needs: 'steps',
  look: async (run) => {
    const wrong = await run.exercised();
    if (wrong === undefined) return holds(`${run.steps.length} steps of the file came as expected, the worker's part too`);
    for (const cause of causes) {
      const verdict = await cause.look(run);
      if (verdict.holds === false) return notSeen(`${wrong}; see ${cause.name}`);
    }
    return fails(wrong);
  },
};
