import * as ce from 'aws-cdk-lib/aws-ce';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { storeTag } from '../../services/contract';
import type { CostAnomaliesConfig } from '../config/store-config';

export interface CostAnomaliesProps extends CostAnomaliesConfig {
  /** Value of the tag whose costs are watched, and name of monitor and subscription. */
  readonly storeName: string;
  /** Lets `costalerts.amazonaws.com` publish, and so does its key: without them what is found is lost. */
  readonly topic: sns.Topic;
}

/**
 * Unusual costs of the store: a ticket when the extra cost of an anomaly reaches the amount. L1, since there is no stock L2.
 * A topic takes single anomalies (IMMEDIATE) alone; e-mail addresses take summaries of a day or a week.
 * docs.aws.amazon.com: AWSCloudFormation/latest/UserGuide/aws-resource-ce-anomalymonitor.html and cost-management/latest/userguide/ad-SNS.html, read 2026-11-30.
 */
export class CostAnomalies extends Construct {
  constructor(scope: Construct, id: string, { storeName, topic, fromUsd, monitorArn }: CostAnomaliesProps) {
    super(scope, id);
    const monitorName = `store-${storeName}`;
    const subscription = new ce.CfnAnomalySubscription(this, 'Subscription', {
      subscriptionName: monitorName,
      frequency: 'IMMEDIATE',
      monitorArnList: [monitorArn ?? this.monitor(monitorName, storeName)],
      subscribers: [{ type: 'SNS', address: topic.topicArn }],
      thresholdExpression: JSON.stringify({
        Dimensions: {
          Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
          MatchOptions: ['GREATER_THAN_OR_EQUAL'],
          Values: [String(fromUsd)],
        },
      }),
    });
    subscription.node.addDependency(topic.node.findChild('Policy')); // nothing is found before it can be told
  }

  /** Of the tag as it stands at the resources: the prefix `user:` belongs to budgets and to bills. */
  private monitor(monitorName: string, storeName: string): string {
    const monitorSpecification = JSON.stringify({ Tags: { Key: storeTag, Values: [storeName] } });
    return new ce.CfnAnomalyMonitor(this, 'Monitor', { monitorName, monitorType: 'CUSTOM', monitorSpecification }).attrMonitorArn;
  }
}
