/** The part of the contract that is about queues: how each is read, who sends to it, and what may be switched off. */

export interface QueueContract {
  readonly fifo: boolean;
  /** Receives before a message is put with the dead letters. */
  readonly attempts: number;
  /** Seconds before the first retry; doubled each time. */
  readonly firstRetrySeconds: number;
  /** Seconds without a sign of life of the worker that has a message before another one gets it. */
  readonly visibilitySeconds: number;
  /** Messages that one worker task handles at once at the most: see `jobsAtOnce`. */
  readonly concurrency: number;
  /** Mean seconds of work a message; with `acceptableDelaySeconds` it gives the backlog a task may have. */
  readonly secondsPerMessage: number;
  readonly acceptableDelaySeconds: number;
}

/** Attempts and backoff from [drop-store] and [growth-plan] (docs/sources.md); durations are assumptions until measured. */
export const queues = {
  email: {
    fifo: false,
    attempts: 3,
    firstRetrySeconds: 2,
    visibilitySeconds: 60,
    concurrency: 10,
    secondsPerMessage: 0.5,
    acceptableDelaySeconds: 60,
  },
  notifications: {
    fifo: false,
    attempts: 2,
    firstRetrySeconds: 1,
    visibilitySeconds: 60,
    concurrency: 10,
    secondsPerMessage: 0.5,
    acceptableDelaySeconds: 60,
  },
  payments: {
    fifo: true,
    attempts: 5,
    firstRetrySeconds: 2,
    visibilitySeconds: 60,
    concurrency: 5,
    secondsPerMessage: 0.5,
    acceptableDelaySeconds: 30,
  },
  analytics: {
    fifo: false,
    attempts: 3,
    firstRetrySeconds: 60,
    visibilitySeconds: 900,
    concurrency: 1,
    secondsPerMessage: 60,
    acceptableDelaySeconds: 3600,
  },
} as const satisfies Record<string, QueueContract>;
/**
 * Messages that a task handles at once: a job holds a connection only while it asks the database, and two stay free for payments and for what is
 * released.
 */
export const jobsAtOnce = ({ concurrency }: QueueContract, databaseConnections: number): number =>
  Math.min(concurrency, Math.max(1, databaseConnections - 2));

export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as QueueName[];

/** Queues on which each service puts messages; its role may send to no other. */
export const sendsTo = { api: ['email', 'payments'], worker: ['email', 'notifications', 'payments'] } as const satisfies Record<
  string,
  readonly QueueName[]
>;

/** What `switchedOff` may name: the limits of what one address may ask for, and the reading of each queue. */
export const switches = ['rate-limits', ...queueNames] as const;
export type Switch = (typeof switches)[number];

/** What EventBridge Scheduler puts on the analytics queue at midnight UTC. */
export const nightlyAnalyticsMessage = { job: 'analytics.nightly' } as const;

/** Days that a message waits to be read, and those that a dead letter does, which is the most that SQS keeps. */
export const queueDays = { message: 4, deadLetter: 14 } as const;

/** Seconds that SQS holds a receive open, the longest that it does: the fewest empty receives. */
export const longPollSeconds = 20;

/** Environment variable that holds the URL of a queue: `QUEUE_EMAIL_URL`. */
export const queueUrlVariable = (queue: QueueName): string => `QUEUE_${queue.toUpperCase()}_URL`;
