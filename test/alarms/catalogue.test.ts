import { catalogue } from '../../alarms/catalogue/catalogue';
import type { AlarmDefinition, Condition, ServiceName } from '../../alarms/definition';
import { tierNames } from '../../lib/tiers/tier';
import { domain } from '../config/good-parts';
import { storeConfig } from '../support/stores';
import { alarmsOfEveryStore } from './every-store';

const alarmsOf = (...store: Parameters<typeof storeConfig>) => catalogue(storeConfig(...store)).alarms;
const ids = (alarms: readonly AlarmDefinition[]) => alarms.map(({ id }) => id);

function threshold(id: string, ...store: Parameters<typeof storeConfig>): number | undefined {
  return alarmsOf(...store).find((alarm) => alarm.id === id)?.threshold;
}

const GiB = 1024 ** 3;

describe.each(tierNames)('a store of the %s size', (tier) => {
  const { alarms, composites } = catalogue(storeConfig(tier));

  /** [right-sizing] and [scalability-report], in the units of AWS. */
  test.each([
    ['api-cpu', 70, 90],
    ['api-memory', 80, 90],
    ['worker-memory', 80, 90],
    ['database-cpu', 70, 90],
    ['cache-cpu-1', 70, 90],
    ['cache-memory-1', 80, 90],
    ['error-rate', 1, 5],
    ['response-time', 0.2, 0.5],
  ])('has %s at the documents’ %d and %d', (rule, warning, critical) => {
    const levels = alarms.filter(({ id }) => id === `${rule}-warning` || id === `${rule}-critical`);
    expect(levels.map(({ severity, threshold: at, operator }) => [severity, operator, at])).toEqual([
      ['Warning', '>', warning],
      ['Critical', '>', critical],
    ]);
  });

  test('has the documents’ 100 and 500 ms of query time, from the proxy in microseconds or from the pool in milliseconds', () => {
    const levels = alarms.filter(({ rule }) => rule === 'query-time');
    expect(levels.map(({ signal, threshold: at }) => ['expression' in signal ? '' : signal.name, signal.unit, at])).toEqual(
      storeConfig(tier).database.proxy
        ? [
            ['QueryDatabaseResponseLatency', 'Microseconds', 100_000],
            ['QueryDatabaseResponseLatency', 'Microseconds', 500_000],
          ]
        : [
            ['QueryTime', 'Milliseconds', 100],
            ['QueryTime', 'Milliseconds', 500],
          ],
    );
  });

  test('has no two alarms of one name, and composites of alarms that it has', () => {
    const known = [...ids(alarms), ...composites.map(({ id }) => id)];
    expect(new Set(known).size).toBe(known.length);
    const named = composites.flatMap(({ condition }) => alarmsIn(condition));
    expect(named.length).toBeGreaterThan(6);
    expect(named.filter((id) => !known.includes(id))).toEqual([]);
  });

  test('tells every critical alarm that a composite waits for by that composite', () => {
    const told = composites.flatMap(({ condition }) => alarmsIn(condition)).filter((id) => id.endsWith('-critical'));
    expect(new Set(told)).toEqual(new Set(ids(alarms.filter(({ notifies }) => notifies === 'composite'))));
  });

  test('says of every alarm whom it harms and why it has its number', () => {
    for (const { id, harms, why } of alarms) {
      expect({ id, harms }).toEqual({ id, harms: expect.stringMatching(/^[A-Z].{14,}\.$/) });
      expect({ id, why }).toEqual({ id, why: expect.stringMatching(/^.{5,}[^.]$/) });
    }
  });

  test('has what undoes a deployment of either service', () => {
    expect(undoing('api', alarms)).toEqual(['response-time-critical', 'error-rate-critical', 'balancer-errors-critical']);
    expect(undoing('worker', alarms)).toEqual(['queue-age-payments-critical', 'dead-letters-payments-critical']);
  });
});

const undoing = (service: ServiceName, alarms: readonly AlarmDefinition[]) =>
  ids(alarms.filter(({ rollsBack }) => rollsBack.includes(service)));

/** All conditions of metric alarms below a condition. */
function alarmsIn(condition: Condition): string[] {
  if ('alarm' in condition) return [condition.alarm];
  return ('anyOf' in condition ? condition.anyOf : condition.allOf).flatMap(alarmsIn);
}

test('the documents’ 500 requests a second are what the medium size carries', () => {
  expect(threshold('request-rate-warning', 'medium')).toBe(500 * 60);
});

describe('a number of the size that changes takes its alarm along', () => {
  test.each([
    ['database.storageGb', { database: { storageGb: 300 } }, 'database-storage-critical', 30 * GiB],
    [
      'database.instanceClass, memory',
      { database: { instanceClass: 'db.m8g.large' } },
      'database-memory-critical',
      Math.round(0.8 * GiB),
    ],
    ['database.instanceClass, vCPU', { database: { instanceClass: 'db.m8g.xlarge' } }, 'database-load-warning', 4],
    ['database.instanceClass, credits', { database: { instanceClass: 'db.t4g.large' } }, 'database-credits-warning', 172.8],
    // 856 on 8 GiB; 80%, 90% and, for the proxy's share of 90%, 80% of 770
    ['database.instanceClass, connections', { database: { instanceClass: 'db.m8g.large' } }, 'database-connections-warning', 684],
    ['database.instanceClass, replicas', { database: { instanceClass: 'db.m8g.large' } }, 'replica-connections-1-critical', 770],
    ['database.instanceClass, proxy', { database: { instanceClass: 'db.m8g.large' } }, 'proxy-connections-warning', 616],
    ['api.minTasks', { api: { minTasks: 3 } }, 'api-tasks-missing-critical', 3],
    ['api.maxTasks', { api: { maxTasks: 9 } }, 'api-at-maximum-warning', 9],
    ['api.requestsPerMinutePerTask', { api: { requestsPerMinutePerTask: 1_000 } }, 'request-rate-warning', 6_000],
    ['worker.minTasks', { worker: { minTasks: 2 } }, 'worker-tasks-missing-critical', 2],
    ['cache.nodeType', { cache: { mode: 'cluster' } }, 'cache-connections-1-warning', 36_800],
    ['cache.nodeType, credits', { cache: { nodeType: 'cache.t4g.micro' } }, 'cache-credits-1-warning', 57.6],
    ['cache.mode', { cache: { nodeType: 'cache.r7g.large', mode: 'cluster' } }, 'cache-connections-1-warning', 52_000],
    ['firewall.requestsPerFiveMinutes', { firewall: { requestsPerFiveMinutes: 999 } }, 'firewall-blocks-warning', 999],
  ])('%s', (_setting, settings, id, expected) => {
    expect(threshold(id, 'medium', settings)).toBe(expected);
    expect(threshold(id, 'medium')).not.toBe(expected);
  });
});

describe('an alarm of a part that the store lacks is absent', () => {
  test.each([
    ['replicas', { database: { readReplicas: 0 } }, /^replica-/],
    ['the proxy', { database: { proxy: false } }, /^proxy-/],
    ['replicas of the cache', { cache: { replicasPerShard: 0 } }, /^cache-replication-lag|^cache-\w+-2-/],
    ['the firewall', { firewall: { enabled: false } }, /^firewall-/],
    ['NAT gateways', { network: { natGateways: 0 } }, /^nat-/],
    ['room to scale', { api: { minTasks: 6 } }, /^api-at-maximum/],
    ['a burstable class', { database: { instanceClass: 'db.m8g.4xlarge' } }, /^database-(credits|disk-)/],
    ['a burstable node', { cache: { nodeType: 'cache.m7g.large' } }, /^cache-credits/],
    ['diagnostics', { alarms: { diagnostics: false } }, /^(response-time-p99|client-errors|database-load|cache-evictions)/],
  ])('%s', (_part, settings, pattern) => {
    expect(ids(alarmsOf('medium')).some((id) => pattern.test(id))).toBe(true);
    expect(ids(alarmsOf('medium', settings)).filter((id) => pattern.test(id))).toEqual([]);
  });

  test('NAT gateways of somebody else’s VPC are theirs to watch', () => {
    const vpc = {
      vpcId: 'vpc-0123456789abcdef0',
      zones: ['us-east-1a', 'us-east-1b'],
      applicationSubnetIds: ['subnet-0000000a', 'subnet-0000000b'],
      dataSubnetIds: ['subnet-0000000c', 'subnet-0000000d'],
    };
    expect(ids(alarmsOf('medium', { vpc })).filter((id) => id.startsWith('nat-'))).toEqual([]);
  });
});

const certificateMetric = (alarms: readonly AlarmDefinition[]) => alarms.find(({ rule }) => rule === 'cdn-certificate')?.signal;

describe('the edge', () => {
  test('is watched in us-east-1 alone, where its metrics are', () => {
    expect(ids(alarmsOf('small'))).toContain('cdn-errors-critical');
    const elsewhere = alarmsOf('small', { region: 'eu-west-1', domain });
    expect(ids(elsewhere)).not.toContain('cdn-errors-critical');
    expect(JSON.stringify(elsewhere)).not.toMatch(/AWS\/(CloudFront|CertificateManager)/);
  });

  test('has its certificate watched where the store has a domain: by ACM’s metric, or by what the assessor republishes', () => {
    expect(certificateMetric(alarmsOf('small'))).toBeUndefined();
    expect(certificateMetric(alarmsOf('small', { domain }))).toMatchObject({
      namespace: 'AWS/CertificateManager',
      name: 'DaysToExpiry',
    });
    expect(certificateMetric(alarmsOf('small', { region: 'eu-west-1', domain }))).toMatchObject({
      namespace: 'Store/shop',
      name: 'CdnCertificateDaysToExpiry',
    });
  });
});

test('a rule is the same wherever it stands: its part, its unit, its operator', () => {
  const seen = new Map<string, string>();
  for (const { rule, part, operator, signal } of alarmsOfEveryStore()) {
    if (rule === 'query-time') continue; // by pool or by proxy
    const what = JSON.stringify([part, operator, signal.unit]);
    expect({ rule, what: seen.get(rule) ?? what }).toEqual({ rule, what });
    seen.set(rule, what);
  }
  expect(seen.size).toBeGreaterThan(50);
});
