import type { AlarmDefinition } from '../definition';
import { common, type Instance, metric } from './database-instance';
import { alarms, critical, warning } from './rule';
import { bytesOfGiB } from './units';

export function storage(instance: Instance, allocatedGb: number): AlarmDefinition[] {
  const free = (statistic: string) => metric(instance, 'FreeStorageSpace', statistic, 'Bytes');
  return [
    ...alarms({
      ...common(instance, 'storage'),
      title: 'Database storage left',
      signal: free('Minimum'),
      operator: '<',
      harms: 'With no storage left the database stops: no orders until it is enlarged.',
      levels: [
        critical(
          Math.round(bytesOfGiB(allocatedGb) * 0.1),
          `10% of ${allocatedGb} GB, an assumption; enlarging takes minutes, and RDS then takes no other change until it has optimised the storage`,
          'page',
        ),
      ],
    }),
    ...alarms({
      ...common(instance, 'storage-days'),
      title: 'Days until the database is full',
      signal: {
        expression: 'IF(DIFF(free) < 0, -1 * free / DIFF(free), 3650)',
        metrics: { free: free('Average') },
        unit: 'Days',
      },
      window: { periodSeconds: 86_400, datapoints: 2, of: 3 },
      operator: '<',
      missing: 'notBreaching',
      harms: 'No impact for weeks; a full database accepts no orders.',
      levels: [warning(30, 'a month to plan in; two days of three, so that one import does not raise it: assumptions')],
    }),
  ];
}

export function latency(instance: Instance): AlarmDefinition[] {
  const of = (what: 'read' | 'write', name: string) =>
    alarms({
      ...common(instance, `${what}-latency`),
      title: `Database ${what} latency`,
      signal: metric(instance, name, 'p90', 'Seconds'),
      diagnostic: true,
      harms: `Every query that ${what}s waits for the disk.`,
      levels: [warning(0.02, 'gp3 answers within milliseconds; 20 ms means that it is throttled: an assumption')],
    });
  return [...of('read', 'ReadLatency'), ...of('write', 'WriteLatency')];
}

export function transactionIds(instance: Instance): AlarmDefinition[] {
  return alarms({
    ...common(instance, 'transaction-ids'),
    title: 'Age of the oldest transaction ID',
    signal: metric(instance, 'MaximumUsedTransactionIDs', 'Average', 'Count'),
    window: { periodSeconds: 60, datapoints: 1, of: 1 },
    harms: 'At two billion PostgreSQL refuses every write until it is vacuumed, which takes hours.',
    levels: [critical(1_000_000_000, 'AWS recommends a billion: half of the maximum', 'ticket')],
  });
}
