import type { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { acknowledgements } from '../lib/nag/acknowledgements';
import { findings, findingsReview, openFindings } from '../lib/nag/findings';
import type { FindingsReview } from '../lib/review/protection/types';
import { addStore } from '../lib/store-app';
import { StoreStack } from '../lib/store-stack';
import { type TierName, tierNames } from '../lib/tiers/tier';
import { outsideServices, storeConfig } from './support/stores';

const store =
  (tier: TierName, settings: object = {}) =>
  (app: App): Stack =>
    addStore(app, storeConfig(tier, { ...settings }));

const reviews = new Map<TierName, FindingsReview>();

/** Each size is validated once: it costs seconds. */
function reviewOf(tier: TierName): FindingsReview {
  const review = reviews.get(tier) ?? findingsReview(store(tier));
  reviews.set(tier, review);
  return review;
}

test.each(tierNames)(
  'AWS’s template validation, AwsSolutions and NIST 800-53 R5 find nothing unacknowledged in the %s size',
  (tier) => {
    expect(openFindings(reviewOf(tier), 'enforced')).toEqual([]);
  },
);

test('nor in a store that takes payments, sends e-mails and reports errors', () => {
  expect(findings(store('small', outsideServices), 'enforced')).toEqual([]);
});

/** The medium store with a bucket that nobody protects and a property that RDS refuses. */
function spoilt(app: App): Stack {
  const stack = store('medium')(app);
  new Bucket(stack, 'Forgotten');
  const replica = stack.node.findChild('Replicas').node.findChild('Replica1').node.defaultChild as CfnResource;
  replica.addPropertyOverride('StorageEncrypted', true);
  return stack;
}

test('all three do find what is wrong and not acknowledged', () => {
  expect(findings(spoilt, 'enforced')).toEqual(
    expect.arrayContaining([
      { rule: 'AwsSolutions-S1', at: 'Forgotten/Resource' },
      { rule: 'NIST.800.53.R5-S3BucketVersioningEnabled', at: 'Forgotten/Resource' },
      { rule: 'F3020', at: 'Replicas/Replica1/Resource' },
    ]),
  );
});

test('PCI DSS 3.2.1 is told', () => {
  expect(openFindings(reviewOf('small'), 'reported')).toContainEqual({
    rule: expect.stringMatching(/^PCI\.DSS\.321-/),
    at: expect.any(String),
  });
});

test('a size tells the acknowledgements that apply to it, and no other', () => {
  const { acknowledged } = reviewOf('large');
  const reasons = new Set(acknowledgements.map(({ reason }) => reason));
  expect(acknowledged.filter(({ reason }) => !reasons.has(reason))).toEqual([]);
  expect(acknowledged).toContainEqual({
    rule: 'AwsSolutions-RDS3',
    at: ['Replicas/Replica1', 'Replicas/Replica2'],
    reason: expect.stringContaining('A replica is an expendable copy'),
  });
  expect(acknowledged.map(({ rule }) => rule)).not.toContain('AwsSolutions-ECS4'); // it has Container Insights
});

test('each acknowledgement gives a reason, once', () => {
  for (const { reason } of acknowledgements) expect(reason.length).toBeGreaterThan(40);
  const rules = acknowledgements.map(({ rule }) => rule);
  expect(new Set(rules).size).toBe(rules.length);
});

const subnets = (from: number) => [0, 1].map((index) => `subnet-${String(from + index).padStart(17, '0')}`);

test('each acknowledgement is needed by a size or by a store in somebody’s VPC that tells Slack and sends e-mails', () => {
  const vpc = {
    vpcId: 'vpc-0123456789abcdef0',
    zones: ['us-east-1a', 'us-east-1b'],
    publicSubnetIds: subnets(1),
    applicationSubnetIds: subnets(3),
    dataSubnetIds: subnets(5),
  };
  const alarmSlack = { workspaceId: 'T0123456789', channelId: 'C0123456789' };
  const configs = [storeConfig('small'), storeConfig('large'), storeConfig('small', { vpc, alarmSlack, ...outsideServices })];
  const bare = configs.map((config) => (app: App) => new StoreStack(app, 'Store', { config, env: { region: config.region } }));
  const found = new Set(bare.flatMap((stack) => findings(stack, 'enforced')).map(({ rule }) => rule));
  const stale = acknowledgements
    .map(({ rule }) => rule.replace('NIST.800.53.R5::', '').replace('<region>', 'us-east-1').replace('<store>', 'shop'))
    .filter((rule) => !found.has(rule));
  expect(stale).toEqual([]);
});
