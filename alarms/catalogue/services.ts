import type { ServiceConfig, StoreConfig } from '../../lib/config/store-config';
import type { AlarmDefinition, Metric, NoticeDefinition, ServiceName, Unit } from '../definition';
import { cpu, memory } from '../thresholds';
import { alarms, awsMetric, critical, warning } from './rule';

/** The tasks of each service that the store runs. */
export function serviceAlarms(config: StoreConfig): AlarmDefinition[] {
  return runningServices(config).flatMap(([name, service]) => ofService(name, service));
}

/** With how many tasks. */
const runningServices = ({ api, worker, app }: StoreConfig): (readonly [ServiceName, Tasks])[] => [
  ['api', api],
  ...(app.site ? [['site', app.site] as const] : []),
  ...(app.worker === 'none' ? [] : [['worker', worker] as const]),
];

type Tasks = Pick<ServiceConfig, 'minTasks' | 'maxTasks'>;

const names = { api: 'API', worker: 'worker', site: 'site' } as const;

export const serviceNotices = (config: StoreConfig): NoticeDefinition[] =>
  runningServices(config).map(([service]) => ({
    id: `${service}-deployment-failed`,
    part: service,
    title: `Deployment of the ${names[service]} failed`,
    source: { kind: 'deployment-failed', service },
    notifies: 'ticket',
    harms: 'No impact: ECS rolled back to the previous tasks. The new version is not deployed.',
    why: 'ECS reports it once, after the circuit breaker or a rollback alarm',
  }));

const harms = {
  api: {
    load: 'Customers wait longer the higher the load is.',
    fewer: 'Fewer tasks than the minimum serve the store; one more failure may affect customers.',
  },
  worker: {
    load: 'E-mails, notifications and payment events are handled late.',
    fewer: 'Queues fill: e-mails and payment events wait until tasks run again.',
  },
  site: {
    load: 'Pages take longer the higher the load is.',
    fewer: 'Fewer tasks than the minimum render pages; one more failure may affect customers.',
  },
} as const;

function ofService(service: ServiceName, { minTasks, maxTasks }: Tasks): AlarmDefinition[] {
  const metric = (name: string, statistic: string, unit: Unit = 'Percent') =>
    awsMetric('AWS/ECS', name, statistic, unit, {
      ClusterName: { nameOf: 'cluster' },
      ServiceName: { nameOf: `${service}-service` },
    });
  /** One sample a running task and minute, free of charge; the metric of Container Insights is not. */
  const runningTasks = metric('CPUUtilization', 'SampleCount', 'Count');
  return [
    ...alarms({
      rule: `${service}-cpu`,
      part: service,
      title: `CPU of the ${names[service]}`,
      signal: metric('CPUUtilization', 'Average'),
      harms: harms[service].load,
      levels: [
        warning(cpu.warning, `${cpu.warning}% for 5 minutes ${cpu.source}`),
        ...(service !== 'worker'
          ? [critical(cpu.critical, `${cpu.critical}% ${cpu.source}; scaling at 60% should have added tasks`, 'ticket')]
          : []),
      ],
    }),
    ...alarms({
      rule: `${service}-memory`,
      part: service,
      title: `Memory of the ${names[service]}`,
      signal: metric('MemoryUtilization', 'Average'),
      harms: 'A task that runs out of memory is killed, and what it was doing fails.',
      levels: [
        warning(memory.warning, `${memory.warning}% ${memory.source}`),
        critical(memory.critical, `${memory.critical}% ${memory.source}`, 'ticket'),
      ],
    }),
    ...alarms({
      rule: `${service}-tasks-missing`,
      part: service,
      title: `Tasks of the ${names[service]} missing`,
      signal: runningTasks,
      operator: '<',
      missing: 'breaching', // no task, no sample
      harms: harms[service].fewer,
      levels: [critical(minTasks, `the size's minimum of ${minTasks}`, 'ticket')],
    }),
    ...(maxTasks > minTasks ? atMaximum(service, maxTasks, runningTasks) : []),
  ];
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function atMaximum(service: ServiceName, maxTasks: number, signal: Metric): AlarmDefinition[] {
  return alarms({
    rule: `${service}-at-maximum`,
    part: service,
    title: `${capital(names[service])} at its maximum of tasks`,
    signal,
    window: { periodSeconds: 60, datapoints: 27, of: 30 }, // a sample may slip into the next minute
    operator: '>=',
    diagnostic: service === 'worker', // its queues tell first
    missing: 'notBreaching',
    harms: 'No impact yet; more load means waiting, since no task can be added.',
    levels: [warning(maxTasks, `the size's maximum of ${maxTasks} for half an hour; an announced drop may cause it too`)],
  });
}
