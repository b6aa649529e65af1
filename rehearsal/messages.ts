import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { RunningService } from '../bin/local/parts/service';
import { seededUsers } from '../bin/local/seed';
import { environment, queues, queueUrlVariable } from '../services/contract';
import { eventually } from '../test/services/parts/eventually';
import { RehearsalError } from './commands';
import type { Emulator } from './emulator';
import type { BoughtOrder } from './order';
import { clientOf } from './stack';
import { containerOf, lastOf } from './task';

const execute = promisify(execFile);

/** Sender of the store's e-mails. */
export const emailFrom = 'orders@shop.example.com';

/** What no order brings: the message of the deployed schedule, and news that was told before. Then the worker has read each queue, and says that it is healthy. */
export async function otherQueues(emulator: Emulator, worker: RunningService, port: number): Promise<void> {
  const { healthCheck, variables } = await containerOf(emulator, 'worker', 'worker');
  const { Target } = lastOf(emulator, 'AWS::Scheduler::Schedule', (properties) =>
    JSON.stringify(properties).includes('analytics'),
  );
  const { Arn, Input } = Target as { readonly Arn: string; readonly Input: string };
  const sqs = new SQSClient(clientOf(emulator));
  await sqs.send(new SendMessageCommand({ QueueUrl: await urlOf(Arn, sqs), MessageBody: Input }));
  const toldBefore = JSON.stringify({ id: randomUUID(), type: 'order-paid' });
  await sqs.send(new SendMessageCommand({ QueueUrl: variables[queueUrlVariable('notifications')], MessageBody: toldBefore }));
  const env = { [environment.port]: String(port) };
  const healthy = () =>
    execute(process.execPath, healthCheck, { env }).then(
      () => ['"Computed the figures of the days before"', '"users":0'].every((text) => worker.output().includes(text)),
      () => false,
    );
  await eventually('the worker reads every queue, and its health check succeeds', healthy);
}

interface SentEmail {
  readonly Source: string;
  readonly To: readonly string[];
  readonly BodyText: string;
}

/** The customer has an e-mail about the order. */
export async function sent(emulator: Emulator, { number }: BoughtOrder): Promise<void> {
  await eventually(`an e-mail about order ${number} is sent`, async () => {
    const answer = await fetch(`${emulator.url}/_ministack/ses/messages`);
    const { messages } = (await answer.json()) as { readonly messages: Readonly<Record<string, readonly SentEmail[]>> };
    return Object.values(messages)
      .flat()
      .some(
        ({ Source, To, BodyText }) =>
          Source === emailFrom && To.includes(seededUsers.customer.email) && BodyText.includes(number),
      );
  });
}

/** The e-mail's message is received as often as its queue allows, and is then with the dead letters, whole. */
export async function becomesDeadLetter(emulator: Emulator, { id }: BoughtOrder, worker: RunningService): Promise<void> {
  const sqs = new SQSClient(clientOf(emulator));
  const QueueUrl = (await containerOf(emulator, 'worker', 'worker')).variables[queueUrlVariable('email')];
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] }));
  const { deadLetterTargetArn } = JSON.parse(Attributes['RedrivePolicy'] ?? '{}') as { readonly deadLetterTargetArn?: string };
  if (deadLetterTargetArn === undefined) throw new RehearsalError('The queue of e-mails has no dead letters');
  const deadLetters = await urlOf(deadLetterTargetArn, sqs);
  const message = await eventually('the message is with the dead letters', async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetters, VisibilityTimeout: 0 }));
    return Messages[0];
  });
  if (message.Body?.includes(id) !== true) throw new RehearsalError(`The dead letter is another: ${message.Body}`);
  const { attempts } = queues.email;
  const failures = () =>
    worker
      .output()
      .split('\n')
      .filter((line) => line.includes('"A message failed"') && line.includes('MessageRejected'));
  await eventually(`the worker has failed ${attempts} times`, () => failures().length >= attempts, 5_000); // its log may be behind
  if (failures().length > attempts)
    throw new RehearsalError(`The message was received ${failures().length} times, expected ${attempts}`);
}

async function urlOf(arn: string, sqs: SQSClient): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: arn.split(':').at(-1) }));
  return QueueUrl;
}
