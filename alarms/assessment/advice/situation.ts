import { growthNotice, score as lights } from '../../thresholds';
import type { Change } from '../change';
import { reasonOf } from '../format';
import type { Measure, TimeWindow } from '../measure';
import type { Part } from '../part';
import type { ScoredRule } from '../scored';
import type { StoreFacts } from '../store-facts';

/** The documents' order [right-sizing], [scalability-report]: what costs nothing first, a larger part before more parts. */
export const actions = [
  'optimise',
  'scale up',
  'add cache',
  'add replica',
  'add pooling',
  'scale out',
  'take a smaller size',
] as const;
export type Action = (typeof actions)[number];

/** What somebody should do. */
export interface Advice {
  readonly action: Action;
  /** In one sentence. */
  readonly does: string;
  /** With the measured figure. */
  readonly reason: string;
  /** @default - nothing in the settings: work on the code, or a size that is not known */
  readonly change?: Change;
}

/** What advice is given by. */
export interface Situation {
  readonly store: StoreFacts;
  readonly window: TimeWindow;
  readonly measures: readonly Measure[];
  readonly parts: readonly Part[];
  readonly planNextSize: boolean;
  /** Enough is known to advise less than there is. */
  readonly wellKnown: boolean;
}

/** Those of the rules that are past their warning, or will be critical within the documents' notice. */
export function pressed({ parts }: Situation, ...rules: readonly ScoredRule[]): readonly Part[] {
  return parts
    .filter(({ rule }) => rules.includes(rule))
    .filter(
      ({ score, daysUntilCritical }) =>
        (score ?? lights.green) < lights.green || (daysUntilCritical !== undefined && daysUntilCritical <= growthNotice.least),
    );
}

/** Advice because of these parts, with their figures as the reason; none where there are none. */
export function adviceFor({ window }: Situation, parts: readonly Part[], advice: Omit<Advice, 'reason'>): readonly Advice[] {
  if (parts.length === 0) return [];
  return [{ ...advice, reason: parts.map((part) => reasonOf(part, window)).join('; ') }];
}
