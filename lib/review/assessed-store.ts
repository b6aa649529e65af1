import type { Forecast } from '../../alarms/assessment/forecast';
import { minuteOf } from '../../alarms/assessment/format';
import type { TierName } from '../tiers/tier';

/** A running store as `npm run assess` found it, with what it foresees. */
export interface AssessedStore {
  readonly store: string;
  readonly stack: string;
  readonly region: string;
  /** undefined where its database carries no tag of a size. */
  readonly tier: TierName | undefined;
  /** ISO 8601. */
  readonly assessedAt: string;
  readonly olderThanAWeek: boolean;
  readonly forecast: Forecast;
}

/** `Store-shop · medium · us-east-1 · assessed 2026-11-20 12:00 UTC` */
export function assessedText({ stack, tier, region, assessedAt }: AssessedStore): string {
  const size = tier ?? 'size unknown: no tag tier';
  return [stack, size, region, `assessed ${minuteOf(new Date(assessedAt))} UTC`].join(' · ');
}

/** What is said of one that is. */
export const oldText = 'older than a week';
