import { excludedMetrics } from '../../alarms/catalogue/excluded-metrics';
import { recommendedAlarms } from '../../lib/facts/recommended-alarms';
import { alarmsOfEveryStore, metricsOf } from './every-store';

const watched = new Set(
  alarmsOfEveryStore()
    .flatMap(metricsOf)
    .map(({ namespace, name }) => `${namespace} ${name}`),
);
const withReason = new Set(
  excludedMetrics.flatMap(({ namespace, metrics }) => metrics.map((metric) => `${namespace} ${metric}`)),
);
const recommended = new Set(recommendedAlarms.map(({ namespace, metric }) => `${namespace} ${metric}`));

test('every alarm that AWS recommends is in the catalogue or left out with a reason', () => {
  expect(recommendedAlarms.length).toBeGreaterThan(60);
  expect([...recommended].filter((metric) => !watched.has(metric) && !withReason.has(metric))).toEqual([]);
});

test('nothing is left out that the catalogue has, or that AWS does not recommend', () => {
  expect([...withReason].filter((metric) => watched.has(metric) || !recommended.has(metric))).toEqual([]);
});

test('each reason is a sentence', () => {
  for (const { reason } of excludedMetrics) expect(reason).toMatch(/^[A-Z].{15,}\.$/);
});

/** Where AWS gives a number and one of our levels is AWS's own; elsewhere the documents' thresholds hold. */
test.each([
  ['AWS/RDS CPUUtilization', 90],
  ['AWS/RDS EBSByteBalance%', 10],
  ['AWS/RDS EBSIOBalance%', 10],
  ['AWS/RDS MaximumUsedTransactionIDs', 1_000_000_000],
  ['AWS/RDS ReplicaLag', 60],
  ['AWS/ElastiCache EngineCPUUtilization', 90],
  ['AWS/NATGateway ErrorPortAllocation', 0],
  ['AWS/CertificateManager DaysToExpiry', 44],
])('%s has the threshold %d that AWS recommends', (name, threshold) => {
  expect(recommendedAlarms.find(({ namespace, metric }) => `${namespace} ${metric}` === name)?.threshold).toBe(threshold);
  const ours = alarmsOfEveryStore().filter((alarm) =>
    metricsOf(alarm).some((metric) => `${metric.namespace} ${metric.name}` === name),
  );
  expect(ours.map((alarm) => alarm.threshold)).toContain(threshold);
});
