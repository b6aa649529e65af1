import type { ScoredRule } from '../scored';
import { type Advice, adviceFor, pressed, type Situation } from './situation';

const capacity: readonly ScoredRule[] = [
  'query-time',
  'api-cpu',
  'api-memory',
  'api-at-maximum',
  'database-cpu',
  'database-memory',
  'database-connections',
  'replica-cpu',
  'cache-cpu',
  'cache-memory',
];

/** Work on the store itself, before anything larger is paid for. */
export function optimise(situation: Situation): readonly Advice[] {
  const advise = (rule: ScoredRule, does: string): readonly Advice[] =>
    adviceFor(situation, pressed(situation, rule), { action: 'optimise', does });
  return [
    ...advise('error-rate', 'Read in the log of the API what failed: no size fixes a defect.'),
    ...advise(
      'query-time',
      'Find the slowest statements in pg_stat_statements and the slow-query log, and the index that they lack.',
    ),
    ...advise('cache-hit-rate', 'Keep what is read most longer in the cache, and clear by tag instead of all at once.'),
    ...(pressed(situation, ...capacity).length > 0
      ? []
      : advise(
          'response-time',
          'Nothing lacks capacity: look at the slowest routes; one to three queries a request, no large columns in lists.',
        )),
  ];
}
