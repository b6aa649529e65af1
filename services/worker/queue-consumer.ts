import { setTimeout as pause } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { longPollSeconds, type QueueContract } from '../contract';
import { describeError, type Logger } from '../logger';
import { type Job, MessageError } from './jobs/job';
import { pollDelayMs, retryDelaySeconds } from './retry-delay';

export interface QueueConsumerProps {
  readonly client: SQSClient;
  readonly url: string;
  readonly contract: Pick<QueueContract, 'fifo' | 'attempts' | 'firstRetrySeconds' | 'visibilitySeconds' | 'concurrency'>;
  readonly job: Job;
  readonly log: Logger;
}

/** The most messages of one receive. */
const largestBatch = 10;

/** Seconds left to hand a message back before its visibility ends. */
const handBackSeconds = 5;

interface UnderWay {
  readonly done: Promise<void>;
  /** Aborted when the message belongs to this task no longer. */
  readonly timeOver: AbortController;
}

/**
 * Reads one queue: up to `concurrency` messages at once, deleted when their job is done, made visible again with a
 * growing delay when it fails. The queue's redrive policy moves what failed too often to the dead letters.
 *
 * A FIFO queue is asked for one message at a time. SQS holds a group back while one of its messages is out, so a failure
 * stops the later ones by itself; a batch would instead count a receive for each message behind the failing one, and
 * those would reach the dead letters without ever having been tried.
 */
export class QueueConsumer {
  private readonly underWay = new Map<string, UnderWay>();
  private readonly stopping = new AbortController();

  constructor(private readonly props: QueueConsumerProps) {}

  /** Polls until `stop`. */
  async run(): Promise<void> {
    const { contract, log } = this.props;
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      const free = contract.concurrency - this.underWay.size;
      if (free === 0) {
        await Promise.race(this.handling());
        continue;
      }
      try {
        const messages = await this.receive(contract.fifo ? 1 : Math.min(free, largestBatch));
        failures = 0;
        for (const message of messages) this.start(message);
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        failures += 1;
        log.warn('Receiving failed', { failures, ...describeError(error) });
        await pause(pollDelayMs(failures), undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  /**
   * Ends polling, lets messages under way finish and gives the rest back. A message that SQS hands over in the
   * instant of stopping is lost to this task and comes back after its visibility time.
   */
  async stop(limitMs: number): Promise<void> {
    this.stopping.abort();
    const limit = new AbortController();
    await Promise.race([
      Promise.all(this.handling()),
      pause(limitMs, undefined, { signal: limit.signal }).catch(() => undefined),
    ]);
    limit.abort();
    const rest = [...this.underWay];
    this.underWay.clear();
    await Promise.all(
      rest.map(([receipt, { timeOver }]) => {
        timeOver.abort();
        return this.reappear(receipt, 0);
      }),
    );
    if (rest.length > 0) this.props.log.warn('Gave messages back', { messages: rest.length });
  }

  private handling(): readonly Promise<void>[] {
    return [...this.underWay.values()].map(({ done }) => done);
  }

  private async receive(most: number): Promise<readonly Message[]> {
    const { client, url, contract } = this.props;
    const command = new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: most,
      WaitTimeSeconds: longPollSeconds,
      VisibilityTimeout: contract.visibilitySeconds,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    });
    const { Messages } = await client.send(command, { abortSignal: this.stopping.signal });
    return Messages ?? [];
  }

  private start(message: Message): void {
    const receipt = message.ReceiptHandle ?? '';
    const timeOver = new AbortController();
    const done = this.handle(message, receipt, timeOver).finally(() => this.underWay.delete(receipt));
    this.underWay.set(receipt, { done, timeOver });
  }

  private async handle(message: Message, receipt: string, timeOver: AbortController): Promise<void> {
    const { client, url, contract, log } = this.props;
    const messageId = message.MessageId;
    const receives = Number(message.Attributes?.ApproximateReceiveCount ?? 1);
    try {
      await this.runJob(message.Body ?? '', timeOver);
    } catch (error) {
      if (!this.underWay.has(receipt)) return; // given back by stop
      log.error('A message failed', { messageId, receives, attempts: contract.attempts, ...describeError(error) });
      await this.reappear(receipt, retryDelaySeconds(contract, receives));
      return;
    }
    try {
      await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }));
    } catch (error) {
      log.error('A handled message could not be deleted and will come again', { messageId, ...describeError(error) });
    }
  }

  /** Bounded by the visibility: a job that never ends would hold its place for ever. */
  private async runJob(body: string, timeOver: AbortController): Promise<void> {
    const { job, log, contract } = this.props;
    const timer = setTimeout(() => timeOver.abort(), Math.max(1, contract.visibilitySeconds - handBackSeconds) * 1000);
    const { promise: late, reject } = Promise.withResolvers<never>();
    timeOver.signal.addEventListener('abort', () => reject(new MessageError('its job took longer than its visibility')));
    try {
      await Promise.race([job(parse(body), { log, signal: timeOver.signal }), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async reappear(receipt: string, seconds: number): Promise<void> {
    const { client, url, log } = this.props;
    try {
      await client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receipt, VisibilityTimeout: seconds }),
      );
    } catch (error) {
      log.warn('A message could not be handed back and comes again after its visibility', describeError(error));
    }
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new MessageError('not JSON'); // the parser's own message quotes the body
  }
}
