import { catalogue } from '../../../alarms/catalogue/catalogue';
import type { AlarmDefinition, Metric } from '../../../alarms/definition';
import { type TierName, tierNames } from '../../../lib/tiers/tier';
import { domain } from '../../config/good-parts';
import { storeConfig } from '../../support/stores';
import { bodiesOf, dashboardNames, readBy, shown } from './bodies';

const everything = { domain: { ...domain, regionalCertificateArn: domain.cdnCertificateArn }, alarms: { diagnostics: true } };

/** Rules that a size has, and those of which a dashboard draws a metric: each metric is in a namespace called after its rule. */
function rulesOf(tier: TierName): { readonly all: readonly string[]; readonly drawn: readonly string[] } {
  const config = storeConfig(tier, everything);
  const alarms = catalogue(config).alarms.map(inNamespaceOfItsRule);
  const bodies = bodiesOf(shown(config, { catalogue: { ...catalogue(config), alarms } }));
  const namespaces = dashboardNames.flatMap((name) => bodies[name].widgets.flatMap(readBy)).map(([namespace = '']) => namespace);
  return { all: alarms.map(({ rule }) => rule), drawn: namespaces };
}

function inNamespaceOfItsRule(alarm: AlarmDefinition): AlarmDefinition {
  const { rule, signal } = alarm;
  const moved = (metric: Metric): Metric => ({ ...metric, namespace: rule });
  if (!('expression' in signal)) return { ...alarm, signal: moved(signal) };
  const metrics = Object.fromEntries(Object.entries(signal.metrics).map(([id, metric]) => [id, moved(metric)]));
  return { ...alarm, signal: { ...signal, metrics } };
}

const notDrawn: Readonly<Record<string, string>> = {
  'api-at-maximum': 'the most stands as a line over the tasks of the API',
  'worker-at-maximum': 'the most stands as a line over the tasks of the worker',
  'assessor-failed': 'the trend of the score has a gap',
  'balancer-certificate': 'days left are one figure a day',
  'cdn-certificate': 'days left are one figure a day',
  'cdn-errors': "the CDN's own rate is drawn from its own region, in every store",
  'cache-connections': 'far below its limit, but for the day it rings',
  'cache-evictions': 'a cause, to look at once the hit rate falls',
  'cache-host-cpu': "the engine's share of it is drawn",
  'cache-replication-lag': 'nothing but a failover reads a replica',
  'client-errors': 'a cause, to look at in the logs',
  'database-password-age': 'days are one figure a night',
  'database-storage-days': 'the storage of 30 days is drawn, and its slope with it',
  'database-transaction-ids': 'grows over weeks',
  'most-requests-fail': 'reads what the error rate reads',
  'rejected-connections': 'zero, but for the day it rings',
  'response-time-ceiling': 'p95 is drawn, with the levels that ring before it',
  'response-time-p99': 'the percentile is drawn beside p95',
  'undelivered-pages': 'zero, but for the day it rings',
  'undelivered-tickets': 'zero, but for the day it rings',
};

test('each rule of the catalogue is on a dashboard, or is left out for a reason', () => {
  const sizes = tierNames.map(rulesOf);
  const drawn = new Set(sizes.flatMap((size) => size.drawn));
  const left = new Set(sizes.flatMap(({ all }) => all).filter((rule) => !drawn.has(rule)));
  expect([...left].toSorted()).toEqual(Object.keys(notDrawn).toSorted());
  for (const reason of Object.values(notDrawn)) expect(reason).toMatch(/^.{15,}$/);
});
