import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/**
 * The store's one customer-managed key ($1 a month): database, secrets, log groups, topics and files.
 * Retained with the stack's removal, since snapshots and files stay readable only through it.
 */
export class EncryptionKey extends kms.Key {
  constructor(scope: Construct, id: string, publishers: PublisherProps = {}) {
    super(scope, id, {
      description: 'Database, secrets, logs, topics and files of the store',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.addToResourcePolicy(logGroupsMayEncrypt(Stack.of(this)));
    this.addToResourcePolicy(publishersMayEncrypt(publishers));
  }
}

export interface PublisherProps {
  /** Whether AWS Cost Anomaly Detection publishes, too. @default false */
  readonly costAnomalies?: boolean;
}

/** Services of AWS that tell the store's topics something. */
export function topicPublishers({ costAnomalies = false }: PublisherProps): iam.ServicePrincipal[] {
  const names = ['cloudwatch', 'budgets', 'events', 'events.rds', ...(costAnomalies ? ['costalerts'] : [])];
  return names.map((name) => new iam.ServicePrincipal(`${name}.amazonaws.com`));
}

function logGroupsMayEncrypt(stack: Stack): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'LogGroups',
    principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    resources: ['*'],
    conditions: {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: '*' }) },
    },
  });
}

/**
 * No condition on the source account: EventBridge tells KMS none. The topics' own policies name the account.
 * Without these rights an encrypted topic drops what the service publishes, without an error anywhere.
 */
function publishersMayEncrypt(publishers: PublisherProps): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'TopicPublishers',
    principals: topicPublishers(publishers),
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
  });
}
