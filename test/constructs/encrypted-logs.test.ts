import { EncryptedLogs } from '../../lib/constructs/encrypted-logs';
import { aKey, only, template, theirStack } from './parts';

function logGroup(logGroupName?: string) {
  const stack = theirStack();
  new EncryptedLogs(stack, 'Logs', {
    key: aKey(stack),
    logRetentionDays: 30,
    ...(logGroupName !== undefined && { logGroupName }),
  });
  return template(stack);
}

test('a log is encrypted with the key that is given, ends, and goes with the stack', () => {
  const { Properties, DeletionPolicy } = only(logGroup(), 'AWS::Logs::LogGroup');
  expect(Properties).toEqual({ KmsKeyId: expect.anything(), RetentionInDays: 30 });
  expect(DeletionPolicy).toBe('Delete');
});

test('a log has a name only where one is asked for', () => {
  expect(only(logGroup('/aws/rds/proxy/theirs'), 'AWS::Logs::LogGroup').Properties.LogGroupName).toBe('/aws/rds/proxy/theirs');
});
