import { App, Stack as PlainStack, type Stack, Validations } from 'aws-cdk-lib';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { StoreConfig } from '../../lib/config/store-config';
import { acknowledgements } from '../../lib/nag/acknowledgements';
import { findingsOf, findingsReview, openFindings } from '../../lib/nag/findings';
import type { FindingsReview } from '../../lib/review/protection/types';
import { StoreStack } from '../../lib/store-stack';
import { vpc } from '../config/good-parts';
import { remembered } from '../constructs/parts';
import { outsideServices, storeConfig } from '../support/stores';

/** Large, in somebody's VPC, with their own API and its jobs, Slack, payments, e-mails and error reports: what brings findings that no plain size has. */
const connected = storeConfig('large', {
  network: { natGateways: 2 },
  container: { image: 'ghcr.io/acme/api:1.0.0', port: 3000 },
  vpc: { ...vpc, publicSubnetIds: ['subnet-0000000e', 'subnet-0000000f'] },
  alarmSlack: { workspaceId: 'T0123456789', channelId: 'C0123456789' },
  cache: { login: 'password' },
  jobsCache: {},
  ...outsideServices,
  protection: {}, // their API asks for no token
  database: { login: 'password' }, // through the proxy
});

/** Medium, whose log-in and check-out ask for both proofs that a person is there, and whose API and worker send spans. */
const guarded = storeConfig('medium', {
  protection: { ...outsideServices.protection, challenge: true },
  corsOrigins: ['https://www.example.com'],
  traces: {},
});

/** Medium, with nothing but programs of one's own, which log in by passwords. */
const own = storeConfig('medium', {
  app: {
    api: {
      image: 'ghcr.io/acme/shop:1.0.0',
      needs: ['database', 'cache', 'jobsCache', 'queues', 'files'],
      writableFolders: ['/tmp'],
    },
    worker: { image: 'ghcr.io/acme/shop:1.0.0', needs: ['database', 'jobsCache'], healthCommand: ['healthy'] },
    migrations: { image: 'ghcr.io/acme/shop:1.0.0' },
    site: { image: 'ghcr.io/acme/site:1.0.0' },
  },
  database: { login: 'password' },
  cache: { login: 'password' },
  jobsCache: { replicas: 1 },
});

/** `npm run findings`, a part of CI, has all four sizes. A review costs seconds. */
const configs: Readonly<Record<'small' | 'connected' | 'guarded' | 'own', StoreConfig>> = {
  small: storeConfig('small'),
  connected,
  guarded,
  own,
};

type Store = keyof typeof configs;

/** Each store is reviewed once: it costs seconds. */
const reviewOf = remembered((store: Store): FindingsReview => findingsOf(configs[store]));

test('AWS’s template validation, AwsSolutions and NIST 800-53 R5 find nothing unacknowledged in small, the connected, the guarded and the own store', () => {
  const findings = (Object.keys(configs) as Store[]).flatMap((store) =>
    openFindings(reviewOf(store), 'enforced').map(({ rule, at }) => ({ store, rule, at })),
  );
  expect(findings).toEqual([]);
});

test('PCI DSS 3.2.1 is reported', () => {
  expect(openFindings(reviewOf('small'), 'reported')).toContainEqual({
    rule: expect.stringMatching(/^PCI\.DSS\.321-/),
    at: expect.any(String),
  });
});

test('a review lists the acknowledgements that apply to the size, and no other', () => {
  const { acknowledged } = reviewOf('connected');
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
  const all = acknowledgements.flatMap(({ rules }) => rules);
  expect(new Set(all).size).toBe(all.length);
});

test('each acknowledgement is needed by a size or by the connected store', () => {
  const accepted = (['small', 'connected'] as const).flatMap((store) => reviewOf(store).acknowledged).map(({ rule }) => rule);
  const needed = new Set([...accepted, ...warningsOf('small'), ...warningsOf('connected')]);
  const stale = acknowledgements

    .flatMap(({ rules }) => rules)
    .map((rule) => rule.replace('NIST.800.53.R5::', '').replace('<region>', 'us-east-1').replace('<store>', 'shop'))
    .filter((rule) => !needed.has(rule));
  expect(stale).toEqual([]);
});

/** The CDK's own warnings about a store of which nothing is acknowledged. */
function warningsOf(store: 'small' | 'connected'): readonly string[] {
  const config = configs[store];
  const stack = new StoreStack(new App(), 'Store', { config, env: { region: config.region } });
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .flatMap(({ data }) => /\[ack: (\S+)\]/.exec(String(data))?.[1] ?? [])
    .map((id) => `Annotation::${id}`);
}

/** A bucket that nobody protects, of which one finding of each pack is accepted. */
function forgotten(app: App): Stack {
  const stack = new PlainStack(app, 'Forgotten');
  const bucket = new Bucket(stack, 'Bucket');
  Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: 'It holds nothing that anybody reads.' });
  Validations.of(bucket).acknowledge({
    id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled',
    reason: 'One region is enough.',
  });
  Validations.of(stack).acknowledge({ id: 'AwsSolutions-S2', reason: 'A finding that this stack does not have.' });
  return stack;
}

describe('a review of a bucket that nobody protects', () => {
  const review = remembered(() => findingsReview(forgotten));
  const open = (name: string) => review().packs.find((pack) => pack.name === name)?.open;

  test('runs AWS’s validation and three packs, of which the retired one is not enforced', () => {
    expect(review().packs.map(({ name, enforced }) => [name, enforced])).toEqual([
      ['AWS’s validation', true],
      ['AwsSolutions', true],
      ['NIST 800-53 R5', true],
      ['PCI DSS 3.2.1', false],
    ]);
  });

  test('lists findings by their pack, at the path below the stack', () => {
    expect(open('AwsSolutions')).toEqual([{ rule: 'AwsSolutions-S10', at: 'Bucket/Resource' }]);
    expect(open('NIST 800-53 R5')).toContainEqual({ rule: 'NIST.800.53.R5-S3BucketVersioningEnabled', at: 'Bucket/Resource' });
    expect(open('PCI DSS 3.2.1')).toContainEqual({ rule: 'PCI.DSS.321-S3BucketReplicationEnabled', at: 'Bucket/Resource' });
  });

  test('lists an accepted finding with its reason instead; an acknowledgement without a finding is left out', () => {
    expect(open('NIST 800-53 R5')?.map(({ rule }) => rule)).not.toContain('NIST.800.53.R5-S3BucketReplicationEnabled');
    expect(review().acknowledged).toEqual([
      { rule: 'AwsSolutions-S1', at: ['Bucket'], reason: 'It holds nothing that anybody reads.' },
      { rule: 'NIST.800.53.R5-S3BucketReplicationEnabled', at: ['Bucket'], reason: 'One region is enough.' },
    ]);
  });
});

test('what AWS’s validation finds is listed as AWS’s', () => {
  const { packs } = findingsReview((app) => {
    const stack = new PlainStack(app, 'Wrong');
    new CfnBucket(stack, 'Bucket').addPropertyOverride('VersioningConfiguration', { Status: 'Sometimes' });
    return stack;
  });
  expect(packs[0]?.open).toContainEqual({ rule: expect.stringMatching(/^[A-Z]\d+$/), at: 'Bucket' });
});
