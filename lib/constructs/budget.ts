import * as budgets from 'aws-cdk-lib/aws-budgets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { BudgetConfig } from '../config/store-config';

export interface BudgetProps extends BudgetConfig {
  readonly topic: sns.Topic;
}

/**
 * Monthly budget: a ticket when the forecast passes it and when it is spent. L1, since there is no stock L2. It has no
 * fixed name and notifies a topic, not addresses: name and subscribers are create-only.
 */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, { usdPerMonth, costTag, topic }: BudgetProps) {
    super(scope, id);
    const notify = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
      subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
    });
    const budget = new budgets.CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: usdPerMonth, unit: 'USD' },
        // Counted by tag the budget reads zero until the payer activates the tag: the whole account unless asked.
        ...(costTag !== undefined && { costFilters: { TagKeyValue: [`user:${costTag}`] } }),
      },
      notificationsWithSubscribers: [notify('FORECASTED', 100), notify('ACTUAL', 80), notify('ACTUAL', 100)],
    });
    budget.node.addDependency(topic.node.findChild('Policy')); // Budgets tries whether it may publish
  }
}
