import type { AlarmDefinition, CompositeDefinition, Condition } from '../definition';

/** What pages: several symptoms make one call. A symptom that the store has no alarm for is left out. */
export function composites(alarms: readonly AlarmDefinition[]): CompositeDefinition[] {
  const ids = new Set(alarms.map(({ id }) => id));
  const anyOf = (...wanted: readonly string[]): Condition => ({
    anyOf: wanted.filter((id) => ids.has(id)).map((alarm) => ({ alarm })),
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
        'no-healthy-host-critical',
        'rejected-connections-critical',
        'cdn-errors-critical',
      ),
      notifies: 'page',
      harms: 'Customers get errors, wait too long, or reach nothing at all.',
      why: 'any one of these is felt by every customer',
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
      harms: 'Customers notice that the database is out of breath.',
      why: 'a busy database that nobody notices can wait for the morning',
    },
  ];
}
