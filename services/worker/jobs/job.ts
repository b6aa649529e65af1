import type * as z from 'zod';
import type { Logger } from '../../runtime/logger';

export interface JobContext {
  readonly log: Logger;
  /** Aborted when the message's time is over: the queue gives it to somebody else from then on. */
  readonly signal: AbortSignal;
  /** The last attempt: a message that fails now goes to the dead letters. */
  readonly last: boolean;
  /** Of the request that made the message, or of this run: it goes along with what the job sends, and every line of `log` has it. */
  readonly requestId: string;
}

/**
 * Handles one message of a queue. Queues deliver at least once, so a job run twice must do the same as once;
 * a rejection brings the message back later and, after the contract's attempts, to the dead letters.
 */
export type Job = (message: unknown, context: JobContext) => Promise<void>;

/** A message that does not have its queue's form. Says where, never what it had. */
export class MessageError extends Error {
  readonly code = 'MESSAGE';

  constructor(reason: string) {
    super(`The message is refused: ${reason}`);
    this.name = 'MessageError';
  }
}

/** A job that takes only messages of the schema's form. */
export function job<T>(schema: z.ZodType<T>, handle: (message: T, context: JobContext) => Promise<void>): Job {
  return async (message, context) => {
    const result = schema.safeParse(message);
    if (!result.success) {
      throw new MessageError(result.error.issues.map(({ path, code }) => `${path.join('.') || 'message'} (${code})`).join(', '));
    }
    await handle(result.data, context);
  };
}
