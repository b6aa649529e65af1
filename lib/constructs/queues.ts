import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  longPollSeconds,
  nightlyAnalyticsMessage,
  type QueueContract,
  type QueueName,
  queueDays,
  queueNames,
  queues,
} from '../../services/contract';
import { schedulerRole } from './scheduler-role';

export interface StoreQueue {
  readonly queue: sqs.Queue;
  readonly deadLetters: sqs.Queue;
}

/** Messages wait four days for a worker; dead letters fourteen, the most that SQS keeps, for somebody to look. */
const retention = { messages: Duration.days(queueDays.message), deadLetters: Duration.days(queueDays.deadLetter) };

/** The store's queues, each with dead letters; midnight puts the analytics job on its queue. */
export class Queues extends Construct {
  readonly byName: Readonly<Record<QueueName, StoreQueue>>;

  /** @param nightly whether the worker of the store is there, which midnight gives its job */
  constructor(scope: Construct, id: string, { nightly = true }: { readonly nightly?: boolean } = {}) {
    super(scope, id);
    this.byName = Object.fromEntries(queueNames.map((name) => [name, storeQueue(this, name)])) as Record<QueueName, StoreQueue>;
    if (nightly) this.nightlyAnalytics();
  }

  /** Lets a service of the store put messages on these: by name, where the stock grant has two actions more. */
  grantSend(grantee: iam.IGrantable, names: readonly QueueName[]): void {
    this.grant(grantee, names, ['sqs:SendMessage']);
  }

  /** Lets the worker take messages from each. */
  grantConsume(grantee: iam.IGrantable): void {
    this.grant(grantee, queueNames, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility']);
  }

  /** Lets a container of somebody's own find each queue and put messages on it. */
  grantSendToAll(grantee: iam.IGrantable): void {
    for (const { queue } of Object.values(this.byName)) queue.grantSendMessages(grantee);
  }

  private grant(grantee: iam.IGrantable, names: readonly QueueName[], actions: string[]): void {
    iam.Grant.addToPrincipal({ grantee, actions, resourceArns: names.map((name) => this.byName[name].queue.queueArn) });
  }

  private nightlyAnalytics(): void {
    const { queue, deadLetters } = this.byName.analytics;
    new scheduler.Schedule(this, 'NightlyAnalytics', {
      description: 'Analytics are computed at 00:00 [drop-store], [growth-plan]',
      schedule: scheduler.ScheduleExpression.cron({ hour: '0', minute: '0' }),
      target: new SqsSendMessage(queue, {
        input: scheduler.ScheduleTargetInput.fromObject(nightlyAnalyticsMessage),
        deadLetterQueue: deadLetters,
        role: schedulerRole(this, 'Scheduler'),
      }),
    });
  }
}

function storeQueue(scope: Construct, name: QueueName): StoreQueue {
  const contract: QueueContract = queues[name];
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  const common = {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(contract.fifo && {
      fifo: true,
      // Per group, so that one customer's retries do not hold up another's payment.
      deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    }),
  };
  const deadLetters = new sqs.Queue(scope, `${id}DeadLetters`, { ...common, retentionPeriod: retention.deadLetters });
  const queue = new sqs.Queue(scope, id, {
    ...common,
    retentionPeriod: retention.messages,
    visibilityTimeout: Duration.seconds(contract.visibilitySeconds),
    receiveMessageWaitTime: Duration.seconds(longPollSeconds),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: contract.attempts },
  });
  return { queue, deadLetters };
}
