import { catalogue } from '../../alarms/catalogue/catalogue';
import type { AlarmDefinition, Metric } from '../../alarms/definition';
import table from './aws-metrics.json';
import { watchedStores } from './series';

/** What AWS publishes of one metric: docs pages and lists, see `sources`. */
interface Row {
  readonly namespace: string;
  readonly name: string;
  /** A unit of CloudWatch; `None` where AWS gives none. */
  readonly unit: string;
  /** The sets of keys under which it is published; each is a metric of its own, and any other set never has data. */
  readonly dimensions: readonly (readonly string[])[];
  /** Those that say something; `pNN`: percentiles. @default - AWS does not say */
  readonly statistics?: readonly string[];
  /** Seconds between two samples. @default 60 */
  readonly everySeconds?: number;
  /** A key of `sources`. */
  readonly source: string;
  /** What of the row could not be verified. @default - all could */
  readonly confidence?: string;
}

const rows: readonly Row[] = table.metrics;

/** The store's own metrics: services/contract.ts has their names. */
const isOwn = ({ namespace }: Metric) => namespace.startsWith('Store/');

const metricsOf = ({ signal }: AlarmDefinition) => ('expression' in signal ? Object.values(signal.metrics) : [signal]);

/** Every metric of AWS that an alarm of a store reads. */
const uses = watchedStores.flatMap(([, config]) =>
  catalogue(config).alarms.flatMap((alarm) =>
    metricsOf(alarm)
      .filter((metric) => !isOwn(metric))
      .map((metric) => ({ alarm, metric, region: config.region })),
  ),
);

/** Each metric once a rule. */
const used = new Map(
  uses.map(({ alarm, metric }) => {
    const { namespace, name, statistic, unit } = metric;
    const keys = Object.keys(metric.dimensions).toSorted();
    const use = { namespace, name, statistic, unit, keys, periodSeconds: alarm.window.periodSeconds };
    return [`${alarm.rule}: ${statistic} of ${namespace} ${name} by ${keys.join(', ')} in ${unit}`, use] as const;
  }),
);
type Use = typeof used extends Map<string, infer U> ? U : never;

/** The rows that publish the metric under exactly these keys. */
function rowsOf({ namespace, name, keys }: Use): readonly Row[] {
  return rows.filter(
    (row) =>
      row.namespace === namespace && row.name === name && row.dimensions.some((set) => set.toSorted().join() === keys.join()),
  );
}

describe.each([...used])('%s', (_, use) => {
  const [row, ...others] = rowsOf(use);

  test('is what AWS publishes under these dimensions', () => {
    expect(row).toBeDefined();
    expect(others).toEqual([]);
  });

  test("is in AWS's unit", () => {
    expect(use.unit).toBe(use.statistic === 'SampleCount' ? 'Count' : row?.unit);
  });

  test('is a statistic that AWS calls useful', () => {
    const { statistic } = use;
    expect(row?.statistics ?? [statistic]).toContain(/^p\d/.test(statistic) ? 'pNN' : statistic);
  });

  test('is asked for no more often than it is published', () => {
    expect(use.periodSeconds).toBeGreaterThanOrEqual(row?.everySeconds ?? 60);
  });
});

/** What stands behind a dimension: `{...}` is the name that AWS gives a resource of the stack. A name of something else has no data. */
const values: Readonly<Record<string, RegExp>> = {
  LoadBalancer: /^{load-balancer}$/,
  TargetGroup: /^{(site-)?target-group}$/,
  ClusterName: /^{cluster}$/,
  ServiceName: /^{(api|worker|site)-service}$/,
  DBInstanceIdentifier: /^shop-(database|replica-\d)$/,
  ProxyName: /^shop-proxy$/,
  CacheClusterId: /^{(jobs-)?cache-node-\d}$/,
  QueueName: /^{(\w+-queue|\w+-dead-letters)}$/,
  FunctionName: /^{assessor-function}$/,
  TopicName: /^{(page|ticket)-topic}$/,
  NatGatewayId: /^{nat-gateway-\d}$/,
  DistributionId: /^{distribution}$/,
  CertificateArn: /^arn:aws:acm:/,
  WebACL: /^shop$/, // lib/store-stack.ts: metricName of the firewall
  Rule: /^ALL$/,
};

describe.each([...new Set(uses.flatMap(({ metric }) => Object.keys(metric.dimensions)))])('dimension %s', (key) => {
  const own = uses.filter(({ metric }) => key in metric.dimensions);

  test('names what it should', () => {
    for (const { metric, region } of own) {
      const value = metric.dimensions[key] ?? '';
      const expected = key === 'Region' ? regionOf(metric, region) : values[key];
      expect(typeof value === 'string' ? value : `{${value.nameOf}}`).toMatch(expected ?? 'in the table of values');
    }
  });
});

/** CloudFront is everywhere; the firewall stands in the store's region. */
function regionOf({ namespace }: Metric, region: string): RegExp {
  return namespace === 'AWS/CloudFront' ? /^Global$/ : new RegExp(`^${region}$`);
}

test('an alarm sees only its own region: certificates of the store are in it', () => {
  const arns = uses.flatMap(({ metric, region }) => {
    const arn = metric.dimensions.CertificateArn;
    return typeof arn === 'string' ? [{ arn, region }] : [];
  });
  expect(arns).not.toEqual([]);
  for (const { arn, region } of arns) expect(arn).toContain(`:acm:${region}:`);
  expect(uses.filter(({ metric, region }) => metric.namespace === 'AWS/CloudFront' && region !== 'us-east-1')).toEqual([]);
});

test('every row is of a metric that an alarm watches', () => {
  const watched = new Set([...used.values()].flatMap(rowsOf));
  expect(rows.filter((row) => !watched.has(row)).map(({ namespace, name }) => `${namespace} ${name}`)).toEqual([]);
});

test('every row names its source, and every source is named', () => {
  expect(new Set(rows.map(({ source }) => source))).toEqual(new Set(Object.keys(table.sources)));
});
