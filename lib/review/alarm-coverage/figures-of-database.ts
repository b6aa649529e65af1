import { cpu, memory, migration, queryTime } from '../../../alarms/thresholds';
import { metricNamespace, metrics } from '../../../services/contract';
import { databaseClass } from '../../facts/database-classes';
import { instanceClass, primaries } from '../../template/database';
import type { Resource } from '../../template/template';
import { figure as number } from '../text/money';
import type { AlarmReading } from './alarm-readings';
import { above, below, type Figure, type Figures, rising } from './figures';
import { findMetric, isOn } from './find-metric';

/** CPU, memory, storage, connections and queries of the primary. */
export const figuresOfDatabase: Figures = (template) => {
  const [primary] = primaries(template);
  if (!primary) return [];
  const on: Watches = (alarm, name) => isOn(template, alarm, { namespace: 'AWS/RDS', name }, 'DBInstanceIdentifier', [primary]);
  return [
    ...rising({
      figure: 'CPU of the database',
      levels: cpu,
      unit: '%',
      firesAt: (alarm) => (on(alarm, 'CPUUtilization') ? above(alarm) : undefined),
    }),
    ...rising({ figure: 'memory of the database', levels: memoryLevels(primary), unit: '%', firesAt: usedMemory(primary, on) }),
    ...rising({ figure: 'mean query time', levels: queryTime, unit: ' ms', firesAt: queryMs }),
    ...storage(on),
    connections(primary, on),
  ];
};

type Watches = (alarm: AlarmReading, metric: string) => boolean;

/** In percent used. The documents' figures, or those of a class on which they would ring for good. */
function memoryLevels(primary: Resource): { readonly warning: number; readonly critical: number; readonly source: string } {
  const { memoryGiB, memoryFloor } = databaseClass(instanceClass(primary)) ?? {};
  if (memoryGiB === undefined || memoryFloor === undefined) return memory;
  const { warning, critical } = memoryFloor;
  return {
    warning: usedPercent(warning, memoryGiB),
    critical: usedPercent(critical, memoryGiB),
    source: `${memory.source}, on 1 GiB our own`,
  };
}

/** To the thousandth: thresholds are whole bytes. */
const usedPercent = (freeBytes: number, memoryGiB: number): number =>
  Number((100 - (100 * freeBytes) / (memoryGiB * 1024 ** 3)).toFixed(3));

/** RDS publishes what is free, in bytes; how much that is depends on the class. */
function usedMemory(primary: Resource, on: Watches): (alarm: AlarmReading) => number | undefined {
  const memoryGiB = databaseClass(instanceClass(primary))?.memoryGiB;
  return (alarm) => {
    const free = below(alarm);
    if (memoryGiB === undefined || free === undefined || !on(alarm, 'FreeableMemory')) return undefined;
    return usedPercent(free, memoryGiB);
  };
}

/** By the proxy, in microseconds, or by the services' own pools, in milliseconds. */
function queryMs(alarm: AlarmReading): number | undefined {
  const threshold = above(alarm);
  if (threshold === undefined) return undefined;
  if (findMetric(alarm, { namespace: 'AWS/RDS', name: 'QueryDatabaseResponseLatency' })) return threshold / 1_000;
  const fromServices = alarm.metrics.some(
    ({ namespace, name }) => namespace.startsWith(metricNamespace('')) && name === metrics.queryTime,
  );
  return fromServices ? threshold : undefined;
}

/** The documents give sizes of SQLite files; for RDS we use the share of the allocated storage that is free, and how fast it fills. */
function storage(on: Watches): Figure[] {
  const { plan, urgent, unit } = migration.databaseSize;
  const free = (alarm: AlarmReading) => below(alarm) !== undefined && on(alarm, 'FreeStorageSpace');
  const levels = [
    { level: 'Warning', most: plan, onRds: 'days until the storage is full', isRate: true },
    { level: 'Critical', most: urgent, onRds: 'little storage left', isRate: false },
  ] as const;
  return levels.map(({ level, most, onRds, isRate }) => ({
    figure: 'size of the database',
    source: migration.source,
    level,
    limit: `> ${most} ${unit} of SQLite; on RDS: ${onRds}`,
    isWatchedBy: (alarm) => free(alarm) && (alarm.expression !== undefined) === isRate,
  }));
}

/** Stay below the class's maximum [project-files], [right-sizing]. */
function connections(primary: Resource, on: Watches): Figure {
  const most = databaseClass(instanceClass(primary))?.maxConnections;
  return {
    figure: 'connections of the database',
    level: 'Warning',
    limit: most === undefined ? 'below the maximum of its class' : `below the maximum of its class, about ${number(most)}`,
    source: '[project-files], [right-sizing]',
    isWatchedBy: (alarm) => on(alarm, 'DatabaseConnections') && (above(alarm) ?? Infinity) < (most ?? Infinity),
  };
}
