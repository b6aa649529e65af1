import { type QuotaName, quotaNames, quotas } from '../../lib/facts/quotas';
import { stopsDeployment } from '../../lib/preflight/check';
import { outsideServices, templateOf } from '../support/stores';
import { sandbox } from './account-answers';
import { type AccountInAws, account } from './account-in-aws';
import { ask, lineOf } from './ask';

const settings = { network: { natGateways: 1 }, emailFrom: outsideServices.emailFrom };

/** The lines of quotas of a store that uses every one of them. */
async function quotaRows(has: AccountInAws) {
  const { rows } = await ask(account(has), settings, templateOf('small', settings));
  return rows.filter(({ title }) => title === 'quotas');
}

async function rowOf(name: QuotaName, has: AccountInAws) {
  const rows = await quotaRows(has);
  return rows.find(({ text }) => text.startsWith(`${quotas[name].title}: `));
}

const quotaOf = (name: QuotaName, value: number) => ({ quotas: { [quotas[name].quotaCode ?? '']: value } });
const times = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name}-${index}`);
const email = (fields: object) => ({ email: { ...sandbox, SendQuota: { ...sandbox.SendQuota, ...fields } } });

/** An account in which others leave too little, and the action that says so. */
const full: Readonly<Record<QuotaName, readonly [has: AccountInAws, action: string]>> = {
  fargateVcpu: [{ vcpu: { 'Standard/OnDemand': 6 } }, 'cloudwatch:GetMetricStatistics'],
  fargateSpotVcpu: [{ vcpu: { 'Standard/Spot': 6 } }, 'cloudwatch:GetMetricStatistics'],
  elasticIps: [{ addresses: times(5, '198.51.100') }, 'ec2:DescribeAddresses'],
  networkInterfaces: [{ interfaces: 10, ...quotaOf('networkInterfaces', 15) }, 'ec2:DescribeNetworkInterfaces'],
  balancerTargets: [quotaOf('balancerTargets', 1), 'servicequotas:GetServiceQuota'],
  vpcs: [{ vpcs: times(5, 'vpc') }, 'ec2:DescribeVpcs'],
  natGatewaysPerZone: [
    { natGateways: Object.fromEntries([...times(5, 'nat').map((id) => [id, 'us-east-1b']), ['nat-9', 'us-east-1a']]) },
    'ec2:DescribeNatGateways',
  ],
  databaseInstances: [{ databases: { a: 20, b: 20 }, ...quotaOf('databaseInstances', 2) }, 'rds:DescribeDBInstances'],
  databaseStorageGb: [{ databases: { a: 20, b: 70 }, ...quotaOf('databaseStorageGb', 100) }, 'rds:DescribeDBInstances'],
  cacheNodes: [{ caches: { a: 2 }, ...quotaOf('cacheNodes', 2) }, 'elasticache:DescribeCacheClusters'],
  distributions: [{ distributions: { E1: [] }, ...quotaOf('distributions', 1) }, 'cloudfront:ListDistributions'],
  vpcOrigins: [{ vpcOrigins: times(25, 'vo') }, 'cloudfront:ListVpcOrigins'],
  emailsPerSecond: [email({ MaxSendRate: 0.0001 }), 'ses:GetAccount'],
  emailsPerDay: [email({ SentLast24Hours: 190 }), 'ses:GetAccount'],
};

describe.each(quotaNames)('%s', (name) => {
  const [has, action] = full[name];

  test('holds in an empty account', async () => {
    expect((await rowOf(name, {}))?.verdict).toBe('holds');
  });

  test('fails where others leave too little, with what asks AWS for more', async () => {
    const row = await rowOf(name, has);
    expect(row?.verdict).toBe('fails');
    expect(row?.fix).toEqual([expect.stringMatching(/^(aws (service-quotas request-service-quota-increase|sesv2)|ask in AWS)/)]);
  });

  test('is not known where AWS refuses to tell', async () => {
    const row = await rowOf(name, { denied: [action.split(':')[1] ?? ''] });
    expect(row?.verdict).toBe('not known');
    expect(row?.text).toContain(`AWS refuses ${action}`);
    expect(row?.fix).toEqual([expect.stringContaining(`["${action}"]`)]);
  });
});

test('what is asked for has room for the others and for a deployment at the maximum', async () => {
  const row = await rowOf('fargateVcpu', { vcpu: { 'Standard/OnDemand': 5.75 } });
  expect(row && lineOf(row)).toMatch(
    /^fails quotas: Fargate vCPU on demand: 0.25 of 6 free, the store uses 0.5 at the minimum, .*: it is below the minimum → aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 --desired-value 8 --region us-east-1$/,
  );
});

test('that only the maximum outgrows stop no deployment', async () => {
  const row = await rowOf('fargateVcpu', quotaOf('fargateVcpu', 1.5));
  expect(row && lineOf(row)).toMatch(
    /^holds quotas: Fargate vCPU on demand: a quota of 1.5, .*: it slows deployments at the maximum → aws /,
  );
});

test('of e-mails stop no deployment either: the store is there without, and sends none', async () => {
  const rows = await quotaRows(full.emailsPerDay[0]);
  expect(rows.some(({ verdict }) => verdict === 'fails')).toBe(true);
  expect(stopsDeployment(rows)).toBe(false);
  expect(stopsDeployment(await quotaRows(full.vpcs[0]))).toBe(true);
});

const own = (...ids: readonly string[]) => ({ stack: Object.fromEntries(ids.map((id) => [id, 'CREATE_COMPLETE'])) });

describe('what the store’s own stack has', () => {
  test.each<[QuotaName, AccountInAws]>([
    ['elasticIps', own('198.51.100-0')],
    ['vpcs', own('vpc-0')],
    ['natGatewaysPerZone', own('nat-0')],
    ['databaseInstances', own('a')],
    ['databaseStorageGb', own('b')],
    ['cacheNodes', own('a')],
    ['distributions', own('E1')],
    ['vpcOrigins', own('vo-0')],
  ])('is not counted for %s', async (name, stack) => {
    expect((await rowOf(name, { ...full[name][0], ...stack }))?.verdict).toBe('holds');
  });

  test.each<QuotaName>(['fargateVcpu', 'fargateSpotVcpu', 'networkInterfaces'])(
    'cannot be told from the others for %s, so it is not known',
    async (name) => {
      const row = await rowOf(name, { ...full[name][0], ...own('vpc-0') });
      expect(row?.verdict).toBe('not known');
      expect(row?.text).toContain('free, the store’s own use among the rest,');
    },
  );
});
