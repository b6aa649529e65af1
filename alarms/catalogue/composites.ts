import type { AlarmDefinition, CompositeDefinition, Condition } from '../definition';

/** Symptoms that not every store has an alarm for. */
const optional = new Set([
  'cdn-errors-critical',
  'rejected-connections-critical',
  'query-time-critical',
  'site-error-rate-critical',
  'site-response-time-critical',
  'site-no-healthy-host-critical',
]);

/** What pages: several symptoms make one call. Throws where a symptom that every store has is not in the list. */
export function composites(alarms: readonly AlarmDefinition[]): CompositeDefinition[] {
  const ids = new Set(alarms.map(({ id }) => id));
  const known = (id: string): string => {
    if (!ids.has(id)) throw new Error(`A composite waits for ${id}, which no alarm is called`);
    return id;
  };
  const anyOf = (...wanted: readonly string[]): Condition => ({
    anyOf: wanted.filter((id) => !optional.has(id) || ids.has(id)).map((alarm) => ({ alarm: known(alarm) })),
  });
  return [
    {
      id: 'customers-failing',
      part: 'store',
      title: 'Customers are failing',
      condition: anyOf(
        'error-rate-critical',
        'response-time-critical',
        'balancer-errors-critical',
        'most-requests-fail-critical',
        'no-healthy-host-critical',
        'rejected-connections-critical',
        'cdn-errors-critical',
        'site-error-rate-critical',
        'site-response-time-critical',
        'site-no-healthy-host-critical',
      ),
      notifies: 'page',
      harms: 'Customers get errors, wait too long, or cannot reach the store.',
      why: 'each of these affects every customer',
    },
    {
      id: 'database-bottleneck',
      part: 'store',
      title: 'The database is the bottleneck',
      condition: {
        allOf: [
          anyOf('response-time-warning', 'error-rate-warning'),
          anyOf('database-cpu-critical', 'database-connections-critical', 'query-time-critical'),
        ],
      },
      notifies: 'page',
      harms: 'Customers notice that the database is overloaded.',
      why: 'a busy database that customers do not notice can wait until the morning',
    },
  ];
}
