import { Alerts } from '../../lib/constructs/alerts';
import { aKey, propertiesOf, remembered, template, theirStack } from './parts';

const alerts = remembered((email: string | undefined) => {
  const stack = theirStack();
  new Alerts(stack, 'Alerts', { email, slack: undefined, slackConfigurationName: 'theirs-alerts', key: aKey(stack) });
  return template(stack);
});

test('both topics are encrypted with the key that is given', () => {
  const topics = propertiesOf(alerts(undefined), 'AWS::SNS::Topic');
  expect(topics).toHaveLength(2);
  for (const { KmsMasterKeyId } of topics) expect(JSON.stringify(KmsMasterKeyId)).toContain('TheirKey');
});

test('alarms, budgets, events and RDS may publish, for this account alone', () => {
  for (const { PolicyDocument } of propertiesOf(alerts(undefined), 'AWS::SNS::TopicPolicy')) {
    const allowed = PolicyDocument.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
    expect(allowed).toEqual([
      expect.objectContaining({
        Action: 'sns:Publish',
        Principal: {
          Service: ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com', 'events.amazonaws.com', 'events.rds.amazonaws.com'],
        },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  }
});

test('with an address both topics send e-mail to it, without one to nobody', () => {
  expect(propertiesOf(alerts('ops@example.com'), 'AWS::SNS::Subscription')).toEqual([
    expect.objectContaining({ Protocol: 'email', Endpoint: 'ops@example.com' }),
    expect.objectContaining({ Protocol: 'email', Endpoint: 'ops@example.com' }),
  ]);
  expect(propertiesOf(alerts(undefined), 'AWS::SNS::Subscription')).toEqual([]);
});
