import type { Block, ChangeReview } from '../../../lib/review/change/types';

export interface RefusedCase {
  readonly change: string;
  readonly review: () => ChangeReview;
  /** Exactly these, in order. */
  readonly blocks: readonly Omit<Block, 'resources'>[];
  /** @default nothing */
  readonly lost?: readonly string[];
}

/** A block as a case expects it; its reason, then each line of the way round. */
export function block(part: string, rule: string, reason: string, ...workaround: readonly string[]): Omit<Block, 'resources'> {
  return { part, rule, reason, workaround };
}
