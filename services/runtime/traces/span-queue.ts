import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { describeError, type Logger } from '../logger';
import type { SendSpans } from './span-sender';

/** Assumptions. `waiting`: spans, some MB. `batch`: spans of one request; X-Ray takes 10,000. */
const standardLimits = { waiting: 2_048, batch: 512, everyMs: 5_000, warnEveryMs: 60_000, closeMs: 3_000 } as const;

export interface SpanQueueProps {
  readonly send: SendSpans;
  readonly log: Logger;
  /** ms of any clock. @default performance.now */
  readonly now?: () => number;
  readonly limits?: Partial<Record<keyof typeof standardLimits, number>>;
}

/**
 * Spans that have ended, until they are sent: a batch at a time, without another try, in the background. What does not fit, and what X-Ray does not take, is
 * lost and counted: one warning a minute at the most, with the last reason.
 */
export class SpanQueue implements SpanProcessor {
  private readonly limits: Record<keyof typeof standardLimits, number>;
  private readonly now: () => number;
  private readonly timer: NodeJS.Timeout;
  private waiting: ReadableSpan[] = [];
  private sending: Promise<void> | undefined;
  private lost = 0;
  private reason: unknown;
  private warnedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly props: SpanQueueProps) {
    this.limits = { ...standardLimits, ...props.limits };
    this.now = props.now ?? performance.now.bind(performance);
    this.timer = setInterval(() => this.tick(), this.limits.everyMs);
    this.timer.unref();
  }

  onStart(): void {
    // Nothing is known of it yet.
  }

  onEnd(span: ReadableSpan): void {
    if (this.waiting.length >= this.limits.waiting) {
      this.lose(1, new Error('More spans ended than were sent'));
      return;
    }
    this.waiting.push(span);
    if (this.waiting.length >= this.limits.batch && this.sending === undefined) void this.sendBatches();
  }

  /** While there are enough for one. */
  private async sendBatches(): Promise<void> {
    while (this.waiting.length >= this.limits.batch) await this.sendBatch();
  }

  /** Until what waits now is sent, or lost. */
  async forceFlush(): Promise<void> {
    while (this.sending !== undefined || this.waiting.length > 0) await this.sendBatch();
  }

  /** Sends the rest, and says what was lost since the last warning. */
  async shutdown(): Promise<void> {
    clearInterval(this.timer);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.limits.closeMs);
    await Promise.race([this.forceFlush(), late]);
    clearTimeout(timer);
    if (this.waiting.length > 0) this.lose(this.waiting.length, new Error('The process ended before they were sent'));
    this.warn();
  }

  private tick(): void {
    if (this.lost > 0 && this.now() - this.warnedAt >= this.limits.warnEveryMs) this.warn();
    void this.forceFlush();
  }

  /** The one that is under way, or the next one. */
  private sendBatch(): Promise<void> {
    this.sending ??= this.sendNext().finally(() => (this.sending = undefined));
    return this.sending;
  }

  private async sendNext(): Promise<void> {
    const batch = this.waiting.splice(0, this.limits.batch);
    try {
      const { refused } = await this.props.send(batch);
      if (refused > 0) this.lose(refused, new Error('X-Ray took a part of them'));
    } catch (error) {
      this.lose(batch.length, error);
    }
  }

  private lose(spans: number, reason: unknown): void {
    this.lost += spans;
    this.reason = reason;
    if (this.now() - this.warnedAt >= this.limits.warnEveryMs) this.warn();
  }

  private warn(): void {
    if (this.lost === 0) return;
    this.props.log.warn('Spans of traces were lost', { spans: this.lost, ...describeError(this.reason) });
    this.lost = 0;
    this.warnedAt = this.now();
  }
}
