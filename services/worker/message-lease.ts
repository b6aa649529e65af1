import { setTimeout as timer } from 'node:timers/promises';
import { queues } from '../contract';
import { describeError, type Logger } from '../runtime/logger';

/**
 * Seconds that a job may run, whatever its queue: as long as the visibility of the longest one, so that nothing is held for longer
 * than a message was meant to take. SQS itself ends at 12 hours.
 */
export const longestJobSeconds = Math.max(...Object.values(queues).map(({ visibilitySeconds }) => visibilitySeconds));

/** Seconds left to hand a message back before its visibility ends. */
const handBackSeconds = 5;

/** A job may go on no longer. */
class LeaseError extends Error {
  readonly code = 'LEASE';

  constructor(reason: string, options?: ErrorOptions) {
    super(`A job was aborted: ${reason}`, options);
    this.name = 'LeaseError';
  }
}

export interface LeaseProps {
  /** Makes the message ours for so many seconds from now. */
  readonly extend: (seconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly visibilitySeconds: number;
  readonly longestSeconds: number;
  readonly log: Logger;
  /** ms of any clock. @default performance.now */
  readonly now?: () => number;
  /** @default - a timer */
  readonly pause?: (ms: number, value: undefined, options: { readonly signal: AbortSignal }) => Promise<unknown>;
}

export interface Lease {
  /** Aborted with a `LeaseError` when the message is ours no longer or the job took too long. */
  readonly signal: AbortSignal;
  /** Aborts the job: somebody else is to have the message. */
  revoke(reason: string): void;
  /** Nothing extends the visibility after this has resolved. */
  end(): Promise<void>;
}

/** What SQS answers for a message that is deleted, visible again or received by somebody else since. */
const lost = /^(MessageNotInflight|ReceiptHandleIsInvalid|InvalidParameterValue)/;

/**
 * Keeps a received message from other workers: its visibility is extended whenever half of it is over. Where that fails for another reason
 * than that the message is lost, it is tried again until the visibility is nearly over.
 */
export function holdMessage({
  extend,
  visibilitySeconds,
  longestSeconds,
  log,
  now = performance.now.bind(performance),
  pause = timer,
}: LeaseProps): Lease {
  const job = new AbortController();
  const beating = new AbortController();
  const ends = now() + longestSeconds * 1000;
  const abort = (reason: string, cause?: unknown): void => {
    clearTimeout(tooLong);
    beating.abort();
    job.abort(new LeaseError(reason, { cause }));
  };
  const tooLong = setTimeout(() => abort(`it took longer than ${longestSeconds} s`), longestSeconds * 1000);

  const beat = async (): Promise<void> => {
    let visibleAt = now() + visibilitySeconds * 1000;
    let wait = visibilitySeconds / 2;
    while (now() + wait * 1000 < ends) {
      await pause(wait * 1000, undefined, { signal: beating.signal });
      const asked = now();
      const latest = visibleAt - Math.min(handBackSeconds, visibilitySeconds / 6) * 1000;
      try {
        const limit = AbortSignal.timeout(Math.max(1, Math.round(latest - asked)));
        await extend(visibilitySeconds, AbortSignal.any([beating.signal, limit]));
        visibleAt = asked + visibilitySeconds * 1000;
        wait = visibilitySeconds / 2;
      } catch (error) {
        if (beating.signal.aborted) return;
        if (error instanceof Error && lost.test(error.name)) return abort('its message is no longer ours', error);
        log.warn('The visibility of a message could not be extended', describeError(error));
        wait = visibilitySeconds / 10;
        if (now() + wait * 1000 >= latest) return abort('its message could not be kept', error);
      }
    }
  };
  const beats = beat().catch(() => undefined); // only the pause rejects, when it is over
  return {
    signal: job.signal,
    revoke: abort,
    end: async () => {
      clearTimeout(tooLong);
      beating.abort();
      await beats;
    },
  };
}
