import { queues as contracts, queueNames } from '../../services/contract';
import { allowed, aRole, only, propertiesOf, remembered, someQueues, template, theirStack } from './parts';

const queues = remembered((grant?: 'send' | 'consume') => {
  const stack = theirStack();
  const part = someQueues(stack);
  if (grant === 'send') part.grantSend(aRole(stack), ['email', 'payments']);
  if (grant === 'consume') part.grantConsume(aRole(stack));
  const ids = Object.fromEntries(
    queueNames.map((name) => [name, stack.getLogicalId(part.byName[name].queue.node.defaultChild as never)]),
  );
  return { from: template(stack), ids };
});

test.each(queueNames)('%s messages are tried as often and wait as long as the contract says', (name) => {
  const { from, ids } = queues();
  const { Properties } = from.Resources[ids[name] ?? ''] ?? {};
  const { attempts, visibilitySeconds, fifo } = contracts[name];
  expect(Properties?.RedrivePolicy.maxReceiveCount).toBe(attempts);
  expect(Properties?.VisibilityTimeout).toBe(visibilitySeconds);
  expect(Properties?.FifoQueue).toBe(fifo ? true : undefined);
});

test('workers poll for as long as SQS lets them', () => {
  const { from, ids } = queues();
  for (const id of Object.values(ids)) expect(from.Resources[id]?.Properties.ReceiveMessageWaitTimeSeconds).toBe(20);
});

test('one customer’s payment is not held up by another’s', () => {
  const fifo = propertiesOf(queues().from, 'AWS::SQS::Queue').filter(({ FifoQueue }) => FifoQueue);
  const withFifo = queueNames.filter((name) => contracts[name].fifo);
  expect(fifo).toHaveLength(2 * withFifo.length); // each with its dead letters
  for (const properties of fifo) {
    expect(properties).toMatchObject({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
  }
});

test('at midnight UTC the analytics job is put on its queue by a role that may do nothing else', () => {
  const { from, ids } = queues();
  const { ScheduleExpression, ScheduleExpressionTimezone, Target } = only(from, 'AWS::Scheduler::Schedule').Properties;
  expect([ScheduleExpression, ScheduleExpressionTimezone]).toEqual(['cron(0 0 * * ? *)', 'Etc/UTC']);
  expect(Target.Arn).toEqual({ 'Fn::GetAtt': [ids.analytics, 'Arn'] });
  expect(JSON.parse(Target.Input)).toEqual({ job: 'analytics.nightly' });
  const rights = allowed(from, Target.RoleArn['Fn::GetAtt'][0]);
  expect(rights.map(({ action }) => action)).toEqual(['sqs:SendMessage', 'sqs:SendMessage']);
  for (const { resource } of rights) expect(resource).toContain('QueuesAnalytics');
});

test('who sends may do that alone, and on the named queues alone', () => {
  const { from, ids } = queues('send');
  const rights = allowed(from, 'TheirRole');
  expect(new Set(rights.map(({ action }) => action))).toEqual(new Set(['sqs:SendMessage']));
  expect(rights.map(({ resource }) => resource)).toEqual(
    [ids.email, ids.payments].map((id) => expect.stringContaining(String(id)) as string),
  );
});

test('who consumes may not send, and may not touch dead letters', () => {
  const rights = allowed(queues('consume').from, 'TheirRole');
  expect(rights.map(({ action }) => action)).toEqual(expect.arrayContaining(['sqs:ReceiveMessage', 'sqs:DeleteMessage']));
  expect(rights.map(({ action }) => action)).not.toContain('sqs:SendMessage');
  expect(rights.map(({ resource }) => resource).join()).not.toContain('DeadLetters');
});
