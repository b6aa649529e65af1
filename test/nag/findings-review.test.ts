import type { App, Stack } from 'aws-cdk-lib';
import { Stack as PlainStack, Validations } from 'aws-cdk-lib';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { findingsReview } from '../../lib/nag/findings';

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

const review = findingsReview(forgotten); // once: it costs a second or more

const open = (name: string) => review.packs.find((pack) => pack.name === name)?.open;

test('AWS’s validation and three packs are run, of which the retired one is not enforced', () => {
  expect(review.packs.map(({ name, enforced }) => [name, enforced])).toEqual([
    ['AWS’s validation', true],
    ['AwsSolutions', true],
    ['NIST 800-53 R5', true],
    ['PCI DSS 3.2.1', false],
  ]);
});

test('findings stand with their pack, at the path below the stack', () => {
  expect(open('AwsSolutions')).toEqual([{ rule: 'AwsSolutions-S10', at: 'Bucket/Resource' }]);
  expect(open('NIST 800-53 R5')).toContainEqual({ rule: 'NIST.800.53.R5-S3BucketVersioningEnabled', at: 'Bucket/Resource' });
  expect(open('PCI DSS 3.2.1')).toContainEqual({ rule: 'PCI.DSS.321-S3BucketReplicationEnabled', at: 'Bucket/Resource' });
});

test('an accepted finding is not open, and is told with its reason; an acknowledgement without a finding is not told', () => {
  expect(open('NIST 800-53 R5')?.map(({ rule }) => rule)).not.toContain('NIST.800.53.R5-S3BucketReplicationEnabled');
  expect(review.acknowledged).toEqual([
    { rule: 'AwsSolutions-S1', at: ['Bucket'], reason: 'It holds nothing that anybody reads.' },
    { rule: 'NIST.800.53.R5-S3BucketReplicationEnabled', at: ['Bucket'], reason: 'One region is enough.' },
  ]);
});

test('what AWS’s validation finds is AWS’s', () => {
  const { packs } = findingsReview((app) => {
    const stack = new PlainStack(app, 'Wrong');
    new CfnBucket(stack, 'Bucket').addPropertyOverride('VersioningConfiguration', { Status: 'Sometimes' });
    return stack;
  });
  expect(packs[0]?.open).toContainEqual({ rule: expect.stringMatching(/^[A-Z]\d+$/), at: 'Bucket' });
});
