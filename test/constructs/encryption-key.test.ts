import { EncryptionKey } from '../../lib/constructs/encryption-key';
import { only, template, theirStack } from './parts';

function key(region: string, costAnomalies = false) {
  const stack = theirStack(region);
  new EncryptionKey(stack, 'Key', { costAnomalies });
  return only(template(stack), 'AWS::KMS::Key');
}

interface Statement {
  readonly Sid?: string;
}

test('the key turns yearly and outlives the stack, since snapshots stay readable only through it', () => {
  const { Properties, DeletionPolicy, UpdateReplacePolicy } = key('us-east-1');
  expect(Properties.EnableKeyRotation).toBe(true);
  expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
});

test('CloudWatch Logs of its own region may use it, for log groups of this account', () => {
  const statement = key('eu-west-1').Properties.KeyPolicy.Statement.find(({ Sid }: Statement) => Sid === 'LogGroups');
  expect(statement.Principal).toEqual({ Service: 'logs.eu-west-1.amazonaws.com' });
  expect(JSON.stringify(statement.Condition)).toContain('arn:aws:logs:eu-west-1:');
});

test('services that publish to an encrypted topic may use it, and may do no more than that takes', () => {
  const statement = key('us-east-1').Properties.KeyPolicy.Statement.find(({ Sid }: Statement) => Sid === 'TopicPublishers');
  expect(statement.Principal.Service).toEqual(
    ['budgets', 'cloudwatch', 'events', 'events.rds'].map((name) => `${name}.amazonaws.com`),
  );
  expect(statement.Action).toEqual(['kms:Decrypt', 'kms:GenerateDataKey*']);
});

test('AWS Cost Anomaly Detection may use it where it publishes, too', () => {
  const statement = key('us-east-1', true).Properties.KeyPolicy.Statement.find(({ Sid }: Statement) => Sid === 'TopicPublishers');
  expect(statement.Principal.Service).toContain('costalerts.amazonaws.com');
});
