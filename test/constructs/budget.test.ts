import * as sns from 'aws-cdk-lib/aws-sns';
import { Alerts } from '../../lib/constructs/alerts';
import { Budget } from '../../lib/constructs/budget';
import { aKey, only, template, theirStack } from './parts';

function budget(costTag: string | undefined) {
  const stack = theirStack();
  const { ticket } = new Alerts(stack, 'Alerts', {
    email: undefined,
    slack: undefined,
    slackConfigurationName: 'theirs-alerts',
    key: aKey(stack),
  });
  new Budget(stack, 'Budget', { usdPerMonth: 480.5, costTag, topic: ticket });
  return only(template(stack), 'AWS::Budgets::Budget');
}

test('it warns when the forecast passes the amount, at four fifths of it and when it is spent', () => {
  const { Budget: amount, NotificationsWithSubscribers } = budget(undefined).Properties;
  expect(amount).toEqual({ BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 480.5, Unit: 'USD' } });
  expect(
    NotificationsWithSubscribers.map(({ Notification: { NotificationType, Threshold } }: { Notification: Warning }) => [
      NotificationType,
      Threshold,
    ]),
  ).toEqual([
    ['FORECASTED', 100],
    ['ACTUAL', 80],
    ['ACTUAL', 100],
  ]);
});

interface Warning {
  readonly NotificationType: string;
  readonly Threshold: number;
}

test('with a cost tag it counts what carries the tag alone', () => {
  expect(budget('store$acme').Properties.Budget.CostFilters).toEqual({ TagKeyValue: ['user:store$acme'] });
});

test('it is made after the topic lets it publish, since Budgets tries', () => {
  expect(budget(undefined).DependsOn).toEqual([expect.stringMatching(/^AlertsTicketPolicy/)]);
});

test('a topic without a policy, which would get nothing, is refused', () => {
  const stack = theirStack();
  const topic = new sns.Topic(stack, 'Topic');
  expect(() => new Budget(stack, 'Budget', { usdPerMonth: 1, costTag: undefined, topic })).toThrow(/Policy/);
});
