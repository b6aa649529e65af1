import type { ChangeReview, Verdict } from '../../../lib/review/change/types';

export interface AllowedCase {
  readonly change: string;
  readonly review: () => ChangeReview;
  readonly verdict: Exclude<Verdict, 'blocked'>;
  /** Exactly these, in order: part, kind, words. */
  readonly lines: readonly string[];
  /** Seconds that something is away. @default nothing is away */
  readonly downtime?: readonly (readonly [from: number, to: number])[];
  /** What the deployment waits for. @default nothing */
  readonly waits?: readonly string[];
  /** What must be among the steps. @default anything */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

export const lowTraffic = 'Pick a low-traffic hour with no drop or deployment scheduled';

/** What a new revision of both services does to medium. */
export const rolled = [
  'api rolling 2-6 × 1 vCPU, 2 GB, newly configured; new tasks start before old ones stop',
  'worker rolling 1-4 × ½ vCPU, 1 GB, newly configured; new tasks start before old ones stop',
];
