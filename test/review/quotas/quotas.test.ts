import { quotaUses } from '../../../lib/review/quotas/quotas';
import { Template } from '../../../lib/template/template';
import type { TierName } from '../../../lib/tiers/tier';
import { reviewedTemplate } from '../../support/reviewed-templates';

const round = (value: number) => Number(value.toFixed(2));

const usesOf = (tier: TierName, assume = {}) =>
  quotaUses(new Template(reviewedTemplate(tier)), assume).map(
    ({ name, least, most, deploying, verdict }) => [name, round(least), round(most), round(deploying), verdict] as const,
  );

// On demand: API tasks and the worker's base; a worker task beyond it is on demand with weight 1 of 5. Each deployment may double them.
test.each<[TierName, ...ReturnType<typeof usesOf>]>([
  ['small', ['fargateVcpu', 0.5, 1, 2, 'holds'], ['fargateSpotVcpu', 0.25, 0.5, 1, 'holds'], ['elasticIps', 0, 0, 0, 'holds']],
  [
    'medium',
    ['fargateVcpu', 2.5, 6.8, 13.2, 'stops scaling'],
    ['fargateSpotVcpu', 0, 1.2, 2.8, 'holds'],
    ['elasticIps', 1, 1, 1, 'holds'],
  ],
  [
    'large',
    ['fargateVcpu', 6, 23.6, 45.6, 'stops deployments'],
    ['fargateSpotVcpu', 0, 6.4, 14.4, 'stops scaling'],
    ['elasticIps', 3, 3, 3, 'holds'],
  ],
  [
    'enterprise',
    ['fargateVcpu', 14, 67.2, 131.2, 'too small'],
    ['fargateSpotVcpu', 0, 12.8, 28.8, 'stops scaling'],
    ['elasticIps', 3, 3, 3, 'holds'],
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
