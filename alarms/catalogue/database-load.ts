import type { AlarmDefinition, Window } from '../definition';
import { cpu, memory as used } from '../thresholds';
import { classOf, common, type Instance, metric } from './database-instance';
import { alarms, critical, quarterHour, warning } from './rule';
import { bytesOfGiB, withThousands } from './units';

export function cpuOf(instance: Instance): AlarmDefinition[] {
  const { kind, name } = instance;
  return alarms({
    ...common(instance, 'cpu'),
    title: `${name} CPU`,
    signal: metric(instance, 'CPUUtilization', 'Average', 'Percent'),
    harms: 'Queries queue, and pages wait for them.',
    levels: [
      warning(cpu.warning, `${cpu.warning}% for 5 minutes ${cpu.source}; the next class above it [right-sizing]`),
      critical(
        cpu.critical,
        `${cpu.critical}% ${cpu.source}; AWS recommends the same`,
        kind === 'database' ? 'composite' : 'ticket',
      ),
    ],
  });
}

/** Database Insights tells it of the primary alone. */
export function load(instance: Instance): AlarmDefinition[] {
  const { vcpu } = classOf(instance.className);
  return alarms({
    ...common(instance, 'load'),
    title: 'Database load',
    signal: metric(instance, 'DBLoad', 'Average', 'None'),
    window: quarterHour,
    diagnostic: true,
    harms: 'Sessions wait for each other or for a CPU.',
    levels: [warning(vcpu, `${vcpu} vCPU of ${instance.className}: above it sessions wait for a CPU`)],
  });
}

/** A quarter of an hour of what RDS publishes every five minutes. */
const everyFiveMinutes: Window = { periodSeconds: 300, datapoints: 3, of: 3 };

/** What a burstable class saves in quiet hours and spends in busy ones. */
export function bursts(instance: Instance): AlarmDefinition[] {
  const { className, name } = instance;
  const { cpuCredits, diskBursts } = classOf(className);
  const credits =
    cpuCredits === undefined
      ? []
      : alarms({
          ...common(instance, 'credits'),
          title: `${name} CPU credits`,
          signal: metric(instance, 'CPUCreditBalance', 'Minimum', 'Count'),
          window: { periodSeconds: 300, datapoints: 72, of: 72 }, // six hours: a new instance starts with none
          operator: '<',
          harms: 'No impact yet; once they are spent, AWS bills every minute above the baseline.',
          levels: [warning(cpuCredits * 0.2, `a fifth of the ${cpuCredits} that ${className} can accumulate: an assumption`)],
        });
  if (!diskBursts) return credits;
  const balance = (what: string, title: string, metricName: string) =>
    alarms({
      ...common(instance, what),
      title,
      signal: metric(instance, metricName, 'Average', 'Percent'),
      window: everyFiveMinutes,
      operator: '<',
      diagnostic: true,
      harms: 'Queries that read or write a lot slow down to the baseline of the class.',
      levels: [warning(10, 'AWS recommends 10%')],
    });
  return [
    ...credits,
    ...balance('disk-throughput', `${name} disk bandwidth left to burst`, 'EBSByteBalance%'),
    ...balance('disk-operations', `${name} disk operations left to burst`, 'EBSIOBalance%'),
  ];
}

export function connections(instance: Instance): AlarmDefinition[] {
  const { className, kind, name } = instance;
  const { maxConnections, maxConnectionsSeen } = classOf(className);
  const allowed = `the about ${withThousands(maxConnections)} that ${className} allows`;
  return alarms({
    ...common(instance, 'connections'),
    title: `${name} connections`,
    signal: metric(instance, 'DatabaseConnections', 'Average', 'Count'),
    harms: 'At the limit every new connection is refused, and requests fail.',
    levels: [
      warning(
        Math.floor(maxConnections * 0.8),
        `80% of ${allowed} [project-files], [right-sizing]${maxConnectionsSeen ? '' : '; derived from smaller classes'}`,
      ),
      critical(Math.floor(maxConnections * 0.9), `90% of ${allowed}`, kind === 'database' ? 'composite' : 'ticket'),
    ],
  });
}

export function memory(instance: Instance): AlarmDefinition[] {
  const { className, name } = instance;
  const { memoryGiB, memoryFloor } = classOf(className);
  const share = (percent: number) => Math.round(bytesOfGiB(memoryGiB) * (percent / 100));
  return alarms({
    ...common(instance, 'memory'),
    title: `${name} memory left`,
    signal: metric(instance, 'FreeableMemory', 'Average', 'Bytes'),
    window: quarterHour,
    operator: '<',
    harms: 'With little memory left PostgreSQL reads from disk; with none left it restarts.',
    levels: memoryFloor
      ? [
          warning(memoryFloor.warning, `${className} has about 106 MB free on an idle day, as others measured: an assumption`),
          critical(memoryFloor.critical, `a third of what ${className} has free on an idle day: an assumption`, 'ticket'),
        ]
      : [
          warning(share(25), `a quarter of the ${memoryGiB} GiB of ${className}, as AWS advises`),
          critical(share(100 - used.critical), `${used.critical}% used ${used.source}`, 'ticket'),
        ],
  });
}
