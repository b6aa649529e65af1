import { type QuotaName, quotaNames, quotas } from '../../../lib/facts/quotas';
import { capacityAssumptions } from '../../../lib/review/capacity/assumptions';
import { ChangeReviewer } from '../../../lib/review/change/review-change';
import { formatQuota, formatUse, type QuotaUse, quotaUses } from '../../../lib/review/quotas/quotas';
import { type CloudFormationTemplate, Template } from '../../../lib/template/template';
import type { TierName } from '../../../lib/tiers/tier';
import { monthOfSize } from '../../support/month-of-size';
import { reviewedTemplate } from '../../support/reviewed-templates';
import { outsideServices, templateOf } from '../../support/stores';
import { aStore } from '../capacity/a-store';

const round = (value: number) => Number(value.toFixed(2));

const usesOf = (tier: TierName, assume = {}) =>
  quotaUses(new Template(reviewedTemplate(tier)), assume).map(
    ({ name, least, most, deploying, verdict }) => [name, round(least), round(most), round(deploying), verdict] as const,
  );

// On demand: API tasks and the worker's base; a worker task beyond it is on demand with weight 1 of 5. Each deployment may double them.
test.each<[TierName, ...ReturnType<typeof usesOf>]>([
  [
    'small',
    ['fargateVcpu', 0.5, 1, 2, 'holds'],
    ['fargateSpotVcpu', 0.25, 0.5, 1, 'holds'],
    ['elasticIps', 0, 0, 0, 'holds'],
    ['networkInterfaces', 9, 12, 18, 'holds'], // 3 of the balancer, 2 of the database, 1 cache node; 3 to 6 tasks
    ['balancerTargets', 2, 4, 8, 'holds'],
    ['vpcs', 1, 1, 1, 'holds'],
    ['natGatewaysPerZone', 0, 0, 0, 'holds'],
    ['databaseInstances', 1, 1, 1, 'holds'],
    ['databaseStorageGb', 20, 20, 20, 'holds'],
    ['cacheNodes', 1, 1, 1, 'holds'],
    ['distributions', 1, 1, 1, 'holds'],
    ['vpcOrigins', 1, 1, 1, 'holds'],
  ],
  [
    'medium',
    ['fargateVcpu', 2.5, 6.8, 13.2, 'stops scaling'],
    ['fargateSpotVcpu', 0, 1.2, 2.8, 'holds'],
    ['elasticIps', 1, 1, 1, 'holds'],
    ['networkInterfaces', 12, 19, 29, 'holds'], // 3 + 3 + 2, a gateway; 3 to 10 tasks
    ['balancerTargets', 2, 6, 12, 'holds'],
    ['vpcs', 1, 1, 1, 'holds'],
    ['natGatewaysPerZone', 1, 1, 1, 'holds'],
    ['databaseInstances', 2, 2, 2, 'holds'],
    ['databaseStorageGb', 200, 200, 200, 'holds'],
    ['cacheNodes', 2, 2, 2, 'holds'],
    ['distributions', 1, 1, 1, 'holds'],
    ['vpcOrigins', 1, 1, 1, 'holds'],
  ],
  [
    'large',
    ['fargateVcpu', 6, 23.6, 45.6, 'stops deployments'],
    ['fargateSpotVcpu', 0, 6.4, 14.4, 'stops scaling'],
    ['elasticIps', 3, 3, 3, 'holds'],
    ['networkInterfaces', 20, 44, 74, 'holds'],
    ['balancerTargets', 4, 20, 40, 'holds'],
    ['vpcs', 1, 1, 1, 'holds'],
    ['natGatewaysPerZone', 1, 1, 1, 'holds'],
    ['databaseInstances', 3, 3, 3, 'holds'],
    ['databaseStorageGb', 1200, 1200, 1200, 'holds'],
    ['cacheNodes', 4, 4, 4, 'holds'],
    ['distributions', 1, 1, 1, 'holds'],
    ['vpcOrigins', 1, 1, 1, 'holds'],
  ],
  [
    'enterprise',
    ['fargateVcpu', 14, 67.2, 131.2, 'too small'],
    ['fargateSpotVcpu', 0, 12.8, 28.8, 'stops scaling'],
    ['elasticIps', 3, 3, 3, 'holds'],
    ['networkInterfaces', 30, 96, 176, 'holds'],
    ['balancerTargets', 10, 60, 120, 'holds'],
    ['vpcs', 1, 1, 1, 'holds'],
    ['natGatewaysPerZone', 1, 1, 1, 'holds'],
    ['databaseInstances', 3, 3, 3, 'holds'],
    ['databaseStorageGb', 1800, 1800, 1800, 'holds'],
    ['cacheNodes', 6, 6, 6, 'holds'],
    ['distributions', 1, 1, 1, 'holds'],
    ['vpcOrigins', 1, 1, 1, 'holds'],
  ],
])('the %s size uses of the quotas of an ordinary account', (tier, ...expected) => {
  expect(usesOf(tier)).toEqual(expected);
});

test.each([
  [13, 'too small'],
  [14, 'stops deployments'],
  [14.9, 'stops deployments'],
  [15, 'stops scaling'],
  [67, 'stops scaling'],
  [68, 'slows deployments'],
  [132, 'holds'],
])('with a quota of %d vCPU the enterprise size %s', (fargateVcpuQuota, verdict) => {
  expect(usesOf('enterprise', { fargateVcpuQuota })[0]?.at(-1)).toBe(verdict);
});

test('asks for what the largest deployment needs', () => {
  const [use] = quotaUses(new Template(reviewedTemplate('large')));
  expect(use?.request).toBe(
    'aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 --desired-value 46',
  );
});

test.each(quotaNames)('%s can be set with --assume', (name) => {
  expect(capacityAssumptions[`${name}Quota`]).toMatchObject({ value: quotas[name].default, source: quotas[name].source });
});

/** A size whose worker sends e-mail. */
const mailing = (tier: TierName): Template => new Template(templateOf(tier, { emailFrom: outsideServices.emailFrom }));

function emailsOf(tier: TierName, assume = {}) {
  return quotaUses(mailing(tier), assume, monthOfSize(tier))
    .filter(({ name }) => name.startsWith('emails'))
    .map(({ name, least, most, verdict }) => [name, Number(least.toPrecision(3)), Number(most.toPrecision(3)), verdict]);
}

function withApiScaling(MinCapacity: unknown): CloudFormationTemplate {
  const { Resources } = aStore();
  const { Type, Properties } = Resources['ApiScaling'] ?? { Type: '' };
  return { Resources: { ...Resources, ApiScaling: { Type, Properties: { ...(Properties as object), MinCapacity } } } };
}

function changeSide(MinCapacity: unknown) {
  return { name: 'shop', template: withApiScaling(MinCapacity), region: 'us-east-1' };
}

function useOf(template: Template, of: QuotaName, assume = {}): QuotaUse | undefined {
  return quotaUses(template, assume).find(({ name }) => name === of);
}

describe('e-mail', () => {
  it('is not counted in a store that sends none, nor without a month', () => {
    const silent = quotaUses(new Template(reviewedTemplate('small')), {}, monthOfSize('small'));
    expect(silent.map(({ name }) => name)).not.toContain('emailsPerDay');
    expect(useOf(mailing('small'), 'emailsPerDay')).toBeUndefined();
  });

  // Three for each order, as the bill has it: 3,000 a month ÷ 730 hours; × 24 a day. Ten times as many in the busiest hour.
  it.each<[TierName, ...unknown[]]>([
    ['small', ['emailsPerSecond', 0.00114, 0.0114, 'holds'], ['emailsPerDay', 98.6, 98.6, 'holds']],
    ['medium', ['emailsPerSecond', 0.0114, 0.114, 'holds'], ['emailsPerDay', 986, 986, 'too small']],
    ['large', ['emailsPerSecond', 0.114, 1.14, 'delays the peak'], ['emailsPerDay', 9_860, 9_860, 'too small']],
    ['enterprise', ['emailsPerSecond', 1.14, 11.4, 'too small'], ['emailsPerDay', 98_600, 98_600, 'too small']],
  ])('of %s is compared with SES’s sandbox', (tier, ...expected) => {
    expect(emailsOf(tier)).toEqual(expected);
  });

  it('holds with what SES grants', () => {
    const verdicts = emailsOf('large', { emailsPerSecondQuota: 14, emailsPerDayQuota: 50_000 }).map((row) => row.at(-1));
    expect(verdicts).toEqual(['holds', 'holds']);
  });
});

describe('a value that only AWS knows', () => {
  const imported = new Template(withApiScaling({ 'Fn::ImportValue': 'tasks' }));

  it.each<QuotaName>(['fargateVcpu', 'networkInterfaces', 'balancerTargets'])('leaves %s open, and says which', (name) => {
    const use = useOf(imported, name);
    expect(use).toMatchObject({ verdict: 'not known', unknown: ['MinCapacity of ApiScaling'] });
    expect(use && formatUse(use)).toBe('depends on values that only AWS knows: MinCapacity of ApiScaling');
  });

  it('leaves the others as they are', () => {
    expect(useOf(imported, 'elasticIps')?.verdict).toBe('holds');
    expect(useOf(new Template(withApiScaling(2)), 'fargateVcpu')?.verdict).not.toBe('not known');
  });

  it('is told before a change, to be compared by hand', () => {
    const { before } = new ChangeReviewer().review({
      from: changeSide(2),
      to: changeSide({ 'Fn::ImportValue': 'tasks' }),
      deploy: '',
    });
    expect(before).toContain(
      'Compare a quota by hand. Fargate vCPU on demand: depends on values that only AWS knows: MinCapacity of ApiScaling; the default is 6',
    );
  });

  it('is a task of unknown size, too', () => {
    const { Resources } = aStore();
    const template = new Template({ Resources: { ...Resources, ApiTask: { Type: 'AWS::ECS::TaskDefinition', Properties: {} } } });
    expect(useOf(template, 'fargateVcpu')).toMatchObject({ verdict: 'not known', unknown: ['Cpu of ApiTask'] });
  });
});

test('a quota says whose figure it is', () => {
  const large = new Template(reviewedTemplate('large'));
  const texts = [{}, { fargateVcpuQuota: 10 }]
    .map((assume) => useOf(large, 'fargateVcpu', assume))
    .map((use) => use && formatQuota(use));
  expect(texts).toEqual(['AWS’s default of 6', '10, set with --assume']);
});
