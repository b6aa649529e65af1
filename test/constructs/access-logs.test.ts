import { AccessLogs } from '../../lib/constructs/access-logs';
import { only, template, theirStack } from './parts';

function logs(retentionDays: number) {
  const stack = theirStack();
  new AccessLogs(stack, 'Logs', { retentionDays });
  return template(stack);
}

test('logs expire after the days asked for, and their old versions a day later', () => {
  const { LifecycleConfiguration } = only(logs(90), 'AWS::S3::Bucket').Properties;
  expect(LifecycleConfiguration.Rules).toEqual([
    {
      Status: 'Enabled',
      ExpirationInDays: 90,
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    },
  ]);
});

test('the bucket takes what load balancer and CDN deliver: no key of one’s own, access lists on', () => {
  const { BucketEncryption, OwnershipControls } = only(logs(30), 'AWS::S3::Bucket').Properties;
  expect(JSON.stringify(BucketEncryption)).toContain('"AES256"');
  expect(OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] });
});

test('logs outlive the stack', () => {
  expect(only(logs(30), 'AWS::S3::Bucket')).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});
