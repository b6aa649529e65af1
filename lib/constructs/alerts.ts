import { Aws } from 'aws-cdk-lib';
import * as chatbot from 'aws-cdk-lib/aws-chatbot';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { AlertsConfig, SlackConfig } from '../config/store-config';
import { type PublisherProps, topicPublishers } from './encryption-key';

export interface AlertsProps extends AlertsConfig, PublisherProps {
  /** Physical name of the Slack channel's configuration. */
  readonly slackConfigurationName: string;
  /** A key whose policy lets the publishers use it, as `EncryptionKey` does; with another their messages are lost. */
  readonly key: kms.IKey;
}

/** Two encrypted topics: `page` wakes somebody, `ticket` waits for the morning. */
export class Alerts extends Construct {
  readonly page: sns.Topic;
  readonly ticket: sns.Topic;

  constructor(scope: Construct, id: string, props: AlertsProps) {
    super(scope, id);
    this.page = topic(this, 'Page', props);
    this.ticket = topic(this, 'Ticket', props);
    if (props.slack) tellSlack(this, props.slack, props.slackConfigurationName, [this.page, this.ticket]);
  }
}

function topic(scope: Construct, id: string, { key, email, ...publishers }: AlertsProps): sns.Topic {
  const result = new sns.Topic(scope, id, { masterKey: key, enforceSSL: true });
  result.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'PublishersOfThisAccount',
      principals: topicPublishers(publishers),
      actions: ['sns:Publish'],
      resources: [result.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  if (email) result.addSubscription(new EmailSubscription(email));
  return result;
}

/** The channel may read alarms and their graphs, and change nothing. */
function tellSlack(scope: Construct, { workspaceId, channelId }: SlackConfig, name: string, topics: sns.ITopic[]): void {
  const mayRead = iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchReadOnlyAccess');
  const role = new iam.Role(scope, 'SlackRole', {
    assumedBy: new iam.ServicePrincipal('chatbot.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    managedPolicies: [mayRead],
  });
  new chatbot.SlackChannelConfiguration(scope, 'Slack', {
    slackChannelConfigurationName: name,
    slackWorkspaceId: workspaceId,
    slackChannelId: channelId,
    notificationTopics: topics,
    guardrailPolicies: [mayRead],
    role,
  });
}
