import { setTimeout as timer } from 'node:timers/promises';

export type Pause = (ms: number, value: undefined, options: { readonly signal: AbortSignal }) => Promise<unknown>;

/** ms between two turns: what the first refusal makes it, and the most. Assumptions; the most fits 30 workers at the sandbox's one a second. */
const gaps = { first: 250, most: 30_000 } as const;

/** Times the gap: after a refusal, and after what was taken, which brings it back. */
const change = { refused: 2, taken: 0.9 } as const;

/**
 * The rate at which one process asks somebody who refuses what is too much for them, as all processes together may have. Turns have no gap
 * until the first refusal; then they find the rate that is taken.
 */
export class Pace {
  private gap = 0;
  private next = 0;
  /** When turns go on after the last refusal: one that comes before that was asked for at the rate before. */
  private resumes = -Infinity;

  /** `now`: ms of any clock. */
  constructor(
    private readonly now: () => number = performance.now.bind(performance),
    private readonly pause: Pause = timer,
  ) {}

  /** Resolves when it is the caller's turn. @throws whatever aborts the signal */
  async turn(signal: AbortSignal): Promise<void> {
    const at = Math.max(this.now(), this.next, this.resumes);
    this.next = at + this.gap * (0.5 + Math.random()); // so that processes that began together do not go on together
    const wait = at - this.now();
    if (wait > 0) await this.pause(wait, undefined, { signal });
  }

  taken(): void {
    this.gap = this.gap < gaps.first / 10 ? 0 : this.gap * change.taken;
  }

  throttled(): void {
    if (this.now() < this.resumes) return;
    this.gap = Math.min(Math.max(this.gap * change.refused, gaps.first), gaps.most);
    this.resumes = this.now() + this.gap;
  }
}
