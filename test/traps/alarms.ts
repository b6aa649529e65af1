import { tierNames } from '../../lib/tiers/tier';
import { type CloudFormationResource, type CloudFormationTemplate, resourcesOf } from '../support/stores';
import { dimensionOf, inWords } from './alarm-dimensions';
import { each, primaries, type Trap } from './trap';

type Properties = CloudFormationResource['Properties'];

export const alarmTraps: readonly Trap[] = [
  {
    name: 'thresholds are in the units of AWS: seconds, microseconds, bytes',
    holds(stores) {
      for (const { resource } of primaries(stores).filter(({ tier }) => tier === 'small')) {
        expect(thresholdsOf(stores.small, 'FreeStorageSpace', 'Minimum')).toEqual([
          resource.Properties.AllocatedStorage * 1024 ** 3 * 0.1,
        ]);
      }
      for (const tier of tierNames) {
        expect(thresholdsOf(stores[tier], 'TargetResponseTime', 'p95')).toEqual([0.2, 0.5, 2]);
        const proxied = resourcesOf(stores[tier], 'AWS::RDS::DBProxy').length > 0;
        expect(thresholdsOf(stores[tier], proxied ? 'QueryDatabaseResponseLatency' : 'QueryTime', 'Average')).toEqual(
          proxied ? [100_000, 500_000] : [100, 500],
        );
      }
    },
  },
  {
    name: 'each dimension of an alarm names what it means',
    holds(stores) {
      for (const tier of tierNames) {
        for (const properties of alarmsOf(stores[tier])) {
          const alarm = withoutStore(properties.AlarmName);
          for (const { Namespace, Dimensions = [], input } of metricsOf(properties)) {
            for (const { Name, Value } of Dimensions) {
              const expected = dimensionOf[`${Namespace} ${Name}`]?.({ alarm, input, template: stores[tier] });
              expect({ alarm, Name, known: expected !== undefined }).toEqual({ alarm, Name, known: true });
              expect({ alarm, Name, is: inWords(Value) }).toEqual({ alarm, Name, is: expected });
            }
          }
        }
      }
    },
  },
  {
    name: 'error rates and response times are judged from a floor of requests on',
    holds(stores) {
      const judged = /^(error-rate|balancer-errors|client-errors|response-time|cdn-errors)-(warning|critical)$/;
      for (const tier of tierNames) {
        const rates = alarmsOf(stores[tier]).filter(({ AlarmName }) => judged.test(withoutStore(AlarmName)));
        expect(rates.length).toBeGreaterThanOrEqual(6);
        for (const { AlarmName, Metrics } of rates) {
          const expressions = Metrics.flatMap(({ Expression }: { Expression?: string }) => Expression ?? []);
          expect({ AlarmName, expressions }).toEqual({
            AlarmName,
            expressions: [expect.stringMatching(/^IF\(requests( \+ counted)? >= \d+, .*, 0\)$/)],
          });
        }
      }
    },
  },
  {
    name: 'alarms have physical names that start with the store’s',
    holds(stores) {
      for (const tier of tierNames) {
        const names = [
          ...alarmsOf(stores[tier]).map(({ AlarmName }) => AlarmName),
          ...resourcesOf(stores[tier], 'AWS::CloudWatch::CompositeAlarm').map(([, { Properties }]) => Properties.AlarmName),
        ];
        expect(names.filter((name) => typeof name !== 'string' || !name.startsWith('shop-')).map(String)).toEqual([]);
        expect(new Set(names).size).toBe(names.length);
      }
    },
  },
  {
    name: 'alarms that undo a deployment exist before the service and read nothing of it',
    holds(stores) {
      const services = each(stores, 'AWS::ECS::Service');
      for (const { tier, id, resource } of services) {
        const { AlarmNames, Enable, Rollback } = resource.Properties.DeploymentConfiguration.Alarms ?? {};
        expect({ id, Enable, Rollback }).toEqual({ id, Enable: true, Rollback: true });
        const undoing = resourcesOf(stores[tier], 'AWS::CloudWatch::Alarm').filter(([, alarm]) =>
          AlarmNames.includes(alarm.Properties.AlarmName),
        );
        expect(undoing).toHaveLength(AlarmNames.length);
        expect(undoing.length).toBeGreaterThanOrEqual(2);
        for (const [alarmId, alarm] of undoing) {
          expect(resource.DependsOn).toContain(alarmId);
          expect(metricsOf(alarm.Properties).map(({ Namespace }) => Namespace)).not.toContain('AWS/ECS');
        }
      }
    },
  },
  {
    name: 'an alarm that takes no data for the worst waits for the services',
    holds(stores) {
      for (const tier of tierNames) {
        const services = resourcesOf(stores[tier], 'AWS::ECS::Service').map(([id]) => id);
        const breaching = resourcesOf(stores[tier], 'AWS::CloudWatch::Alarm').filter(
          ([, { Properties }]) => Properties.TreatMissingData === 'breaching',
        );
        expect(breaching).not.toHaveLength(0);
        for (const [id, { Properties, DependsOn = [] }] of breaching) {
          const own = services.filter((service) => JSON.stringify(Properties.Dimensions).includes(service));
          expect({ id, waitsFor: [...own, ...DependsOn] }).toEqual({
            id,
            waitsFor: own.length > 0 ? own : expect.arrayContaining(services),
          });
        }
      }
    },
  },
  {
    name: 'running tasks are counted by samples, not by the metric of paid insights',
    holds(stores) {
      for (const tier of tierNames) {
        const missing = alarmsOf(stores[tier]).filter(({ AlarmName }) => String(AlarmName).endsWith('-tasks-missing-critical'));
        expect(missing.map(({ MetricName, Statistic, Period }) => ({ MetricName, Statistic, Period }))).toEqual(
          ['Api', 'Worker'].map(() => ({ MetricName: 'CPUUtilization', Statistic: 'SampleCount', Period: 60 })),
        );
      }
    },
  },
  {
    name: 'a warning wakes nobody',
    holds(stores) {
      for (const tier of tierNames) {
        const warnings = alarmsOf(stores[tier]).filter(({ AlarmName }) => String(AlarmName).endsWith('-warning'));
        expect(warnings.length).toBeGreaterThan(20);
        for (const { AlarmName, AlarmActions } of warnings) {
          expect({ AlarmName, actions: AlarmActions.map(({ Ref }: { Ref: string }) => Ref) }).toEqual({
            AlarmName,
            actions: [expect.stringMatching(/^AlertsTicket/)],
          });
        }
      }
    },
  },
  {
    name: 'what customers feel pages, by alarms that stand above others',
    holds(stores) {
      for (const tier of tierNames) {
        const composites = resourcesOf(stores[tier], 'AWS::CloudWatch::CompositeAlarm').map(([, { Properties }]) => Properties);
        expect(composites.map(({ AlarmName }) => AlarmName)).toEqual(['shop-customers-failing', 'shop-database-bottleneck']);
        for (const { AlarmActions } of composites) expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^AlertsPage/) }]);
      }
    },
  },
  {
    name: 'an alarm asks for no unit, no short period and no more than ten metrics',
    holds(stores) {
      for (const tier of tierNames) {
        for (const properties of alarmsOf(stores[tier])) {
          expect(JSON.stringify(properties)).not.toContain('"Unit"');
          const periods = [properties.Period, ...(properties.Metrics ?? []).map(({ MetricStat }: Query) => MetricStat?.Period)];
          for (const period of periods.filter((value) => value !== undefined)) expect(period % 60).toBe(0);
          expect(metricsOf(properties).length).toBeLessThanOrEqual(10);
        }
      }
    },
  },
];

interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: Metric; readonly Period: number; readonly Stat: string };
}

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
}

function alarmsOf(template: CloudFormationTemplate): Properties[] {
  return resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
}

const withoutStore = (name: unknown): string => String(name).replace('shop-', '');

/** A metric as an alarm reads it. */
interface Read extends Metric {
  readonly statistic: string;
  /** What the alarm's expression calls it. */
  readonly input?: string;
}

function metricsOf(properties: Properties): Read[] {
  const queries = (properties.Metrics ?? []).flatMap(({ Id, MetricStat }: Query) =>
    MetricStat ? Object.assign({ statistic: MetricStat.Stat, input: Id }, MetricStat.Metric) : [],
  );
  return queries.length > 0
    ? queries
    : [{ ...properties, statistic: properties.Statistic ?? properties.ExtendedStatistic } as Read];
}

/** Thresholds of the alarms that read a metric by a statistic, lowest first. */
function thresholdsOf(template: CloudFormationTemplate, metric: string, statistic: string): number[] {
  return alarmsOf(template)
    .filter((properties) => metricsOf(properties).some((one) => one.MetricName === metric && one.statistic === statistic))
    .map(({ Threshold }) => Threshold as number)
    .toSorted((a, b) => a - b);
}
