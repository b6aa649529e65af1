import { Assessor, type AssessorProps } from '../../lib/constructs/assessor';
import { aKey, only, propertiesOf, remembered, template, theirStack } from './parts';

const assessor = remembered((edge: AssessorProps['edge']) => {
  const stack = theirStack();
  new Assessor(stack, 'Assessor', { storeName: 'theirs', budgetUsd: 500, key: aKey(stack), logRetentionDays: 30, edge });
  return template(stack);
});

test('it runs four times a day, on ARM, and what fails three times is kept for two weeks', () => {
  const from = assessor(undefined);
  expect(only(from, 'AWS::Scheduler::Schedule').Properties.ScheduleExpression).toBe('cron(15 0/6 * * ? *)');
  expect(only(from, 'AWS::Lambda::Function').Properties).toMatchObject({
    Architectures: ['arm64'],
    Runtime: 'nodejs24.x',
    Handler: 'assessor.handler',
    DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': [only(from, 'AWS::SQS::Queue').id, 'Arn'] } },
  });
  expect(only(from, 'AWS::Lambda::EventInvokeConfig').Properties).toMatchObject({ MaximumRetryAttempts: 2 });
  expect(only(from, 'AWS::SQS::Queue').Properties.MessageRetentionPeriod).toBe(14 * 86_400);
});

test('it reads alarms, metrics and instances, and writes metrics of its own store alone', () => {
  const from = assessor(undefined);
  const statements = propertiesOf(from, 'AWS::IAM::Policy').flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement as Statement[],
  );
  const about = (action: string) => statements.filter(({ Action }) => [Action].flat().some((one) => one.startsWith(action)));
  expect(about('cloudwatch:').map(({ Action, Condition }) => ({ Action, Condition }))).toEqual([
    { Action: ['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData'], Condition: undefined },
    { Action: 'cloudwatch:PutMetricData', Condition: { StringEquals: { 'cloudwatch:namespace': 'Store/theirs' } } },
  ]);
  expect(about('rds:').map(({ Action, Resource }) => [Action, JSON.stringify(Resource)])).toEqual([
    ['rds:DescribeDBInstances', expect.stringContaining(':db:theirs-*')],
  ]);
  expect(statements.flatMap(({ Action }) => Action).filter((action) => /^(iam|s3|secretsmanager|rds-db):/.test(action))).toEqual(
    [],
  );
});

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

test('outside us-east-1 it is told what to read there', () => {
  const { Environment } = only(
    assessor({ distributionId: 'E123', certificateArn: undefined }),
    'AWS::Lambda::Function',
  ).Properties;
  expect(Environment.Variables).toEqual({ STORE_NAME: 'theirs', BUDGET_USD: '500', CDN_DISTRIBUTION_ID: 'E123' });
  expect(only(assessor(undefined), 'AWS::Lambda::Function').Properties.Environment.Variables).toEqual({
    STORE_NAME: 'theirs',
    BUDGET_USD: '500',
  });
});
