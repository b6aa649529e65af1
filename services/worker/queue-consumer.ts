import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { longPollSeconds, type QueueContract, type QueueName } from '../contract';
import { isDatabaseUnavailable } from '../runtime/connection-error';
import type { ErrorReports } from '../runtime/error-reports';
import { describeError, type Logger, logWith } from '../runtime/logger';
import type { Traces } from '../runtime/traces';
import { Heartbeat } from './heartbeat';
import { type Job, type JobContext, MessageError } from './jobs/job';
import { holdMessage, type Lease, longestJobSeconds } from './message-lease';
import { pollDelayMs, retryDelaySeconds } from './retry-delay';
import { traceMessage } from './trace-work';

export interface QueueConsumerProps {
  readonly client: SQSClient;
  readonly queue: QueueName;
  readonly url: string;
  readonly contract: Pick<QueueContract, 'fifo' | 'attempts' | 'firstRetrySeconds' | 'visibilitySeconds' | 'concurrency'>;
  readonly job: Job;
  readonly log: Logger;
  /** Told of what goes to the dead letters. @default - nobody is */
  readonly errorReports?: Pick<ErrorReports, 'report'>;
  /** Rejects while the database is away. @default - it is never asked */
  readonly probe?: () => Promise<unknown>;
  /** Seconds that a job may run before it is aborted and its message handed back. @default longestJobSeconds */
  readonly longestSeconds?: number;
  /** @default - no message is recorded */
  readonly traces?: Traces | undefined;
}

/** The most messages of one receive. */
const largestBatch = 10;

interface UnderWay {
  readonly done: Promise<void>;
  readonly lease: Lease;
}

/**
 * Reads one queue: up to `concurrency` messages at once, kept from other workers while their job runs, deleted when it is done, made
 * visible again with a growing delay when it fails. The queue's redrive policy moves what failed too often to the dead letters.
 *
 * A FIFO queue is asked for one message at a time. SQS holds a group back while one of its messages is out, so a failure
 * stops the later ones by itself; a batch would instead count a receive for each message behind the failing one, and
 * those would reach the dead letters without ever having been tried.
 *
 * While the database is away nothing is received: a failover takes longer than all attempts of a message together.
 */
export class QueueConsumer {
  readonly heartbeat = new Heartbeat();
  private readonly underWay = new Map<string, UnderWay>();
  private readonly stopping = new AbortController();
  private databaseAway = false;

  constructor(private readonly props: QueueConsumerProps) {}

  /** Polls until `stop`. */
  async run(): Promise<void> {
    const { contract, log } = this.props;
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      this.heartbeat.turn();
      if (this.databaseAway) {
        await this.databaseBack();
        continue;
      }
      const free = contract.concurrency - this.underWay.size;
      if (free === 0) {
        await Promise.race(this.handling());
        continue;
      }
      try {
        const messages = await this.receive(contract.fifo ? 1 : Math.min(free, largestBatch));
        this.heartbeat.answer();
        failures = 0;
        for (const message of messages) this.start(message);
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        failures += 1;
        log.warn('Receiving failed', { failures, ...describeError(error) });
        await this.pause(failures);
      }
    }
  }

  /**
   * Ends polling, lets messages under way finish and gives the rest back. A message that SQS hands over in the
   * instant of stopping is lost to this task and comes back after its visibility time.
   */
  async stop(limitMs: number): Promise<void> {
    this.stopping.abort();
    await Promise.race([Promise.all(this.handling()), pause(limitMs, undefined, { ref: false })]);
    const rest = [...this.underWay];
    this.underWay.clear();
    await Promise.all(
      rest.map(async ([receipt, { lease }]) => {
        lease.revoke('its worker is stopping');
        await lease.end();
        await this.reappear(receipt, 0);
      }),
    );
    if (rest.length > 0) this.props.log.warn('Returned messages to the queue', { messages: rest.length });
  }

  private async databaseBack(): Promise<void> {
    const { probe, log } = this.props;
    log.warn('The database is unavailable: receiving no messages');
    for (let failures = 1; !this.stopping.signal.aborted; failures += 1) {
      this.heartbeat.turn();
      try {
        await probe?.();
        log.info('The database is available again: receiving messages');
        this.databaseAway = false;
        return;
      } catch {
        await this.pause(failures);
      }
    }
  }

  private async pause(failures: number): Promise<void> {
    await pause(pollDelayMs(failures), undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private handling(): readonly Promise<void>[] {
    return [...this.underWay.values()].map(({ done }) => done);
  }

  private async receive(most: number): Promise<readonly Message[]> {
    const { client, url, contract, traces } = this.props;
    const command = new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: most,
      WaitTimeSeconds: longPollSeconds,
      VisibilityTimeout: contract.visibilitySeconds,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      ...(traces && { MessageAttributeNames: ['traceparent'] }),
    });
    const { Messages } = await client.send(command, { abortSignal: this.stopping.signal });
    return Messages ?? [];
  }

  private start(message: Message): void {
    const { client, url, contract, log, longestSeconds = longestJobSeconds } = this.props;
    const receipt = message.ReceiptHandle ?? '';
    const lease = holdMessage({
      extend: (VisibilityTimeout, abortSignal) =>
        client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receipt, VisibilityTimeout }), {
          abortSignal,
        }),
      visibilitySeconds: contract.visibilitySeconds,
      longestSeconds,
      log,
    });
    const done = this.handle(message, receipt, lease).finally(() => this.underWay.delete(receipt));
    this.underWay.set(receipt, { done, lease });
  }

  private async handle(message: Message, receipt: string, lease: Lease): Promise<void> {
    const { client, url, contract, queue, traces } = this.props;
    const messageId = message.MessageId;
    const receives = Number(message.Attributes?.ApproximateReceiveCount ?? 1);
    const last = receives >= contract.attempts;
    const body = parse(message.Body ?? '');
    const requestId = requestIdOf(body);
    const log = logWith(this.props.log, { requestId });
    try {
      await traceMessage(traces, { queue, message, requestId, receives }, () =>
        this.runJob(body, lease, { log, last, requestId }),
      );
    } catch (error) {
      if (!this.underWay.has(receipt)) return; // given back by stop
      this.databaseAway ||= this.props.probe !== undefined && isDatabaseUnavailable(error);
      log.error('A message failed', { messageId, receives, attempts: contract.attempts, last, ...describeError(error) });
      if (last)
        this.props.errorReports?.report(error, { queue: this.props.url.split('/').at(-1) ?? '', messageId: messageId ?? '' });
      await this.reappear(receipt, retryDelaySeconds(contract, receives));
      return;
    }
    try {
      await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }));
    } catch (error) {
      log.error('A handled message could not be deleted and will be received again', { messageId, ...describeError(error) });
    }
  }

  /** Not for longer than the lease: a job that never ends would hold its place. */
  private async runJob(body: unknown, lease: Lease, context: Omit<JobContext, 'signal'>): Promise<void> {
    const { job } = this.props;
    const { signal } = lease;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    try {
      if (body === undefined) throw new MessageError('not JSON');
      await Promise.race([job(body, { ...context, signal }), aborted]);
    } finally {
      await lease.end();
    }
  }

  private async reappear(receipt: string, seconds: number): Promise<void> {
    const { client, url, log } = this.props;
    try {
      await client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receipt, VisibilityTimeout: seconds }),
      );
    } catch (error) {
      log.warn('A message could not be returned and will be received again after its visibility timeout', describeError(error));
    }
  }
}

/** undefined for what is no JSON: the parser's own message quotes the body. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** As it may stand in a header of an e-mail. */
const requestIdForm = /^[\w-]{1,64}$/;

/** A new one for a message without: of EventBridge Scheduler, of a person, or of a release before this one. */
function requestIdOf(body: unknown): string {
  const given = typeof body === 'object' && body !== null && 'requestId' in body ? body.requestId : undefined;
  return typeof given === 'string' && requestIdForm.test(given) ? given : randomUUID();
}
