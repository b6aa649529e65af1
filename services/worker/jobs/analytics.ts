import type { Pool } from 'pg';
import * as z from 'zod';
import type { CacheAside } from '../../cache-aside';
import { nightlyAnalyticsMessage } from '../../contract';
import { analyticsTag } from '../../orders/figure-periods';
import type { Database } from '../../runtime/database';
import { computeFigures } from '../nightly-figures';
import { type Job, job } from './job';

export interface AnalyticsJobParts {
  readonly database: { readonly writer: Pool };
  /** Reads of a replica where there is one. */
  readonly figures: Pick<Database, 'read'>;
  readonly cached: Pick<CacheAside, 'invalidate'>;
}

/** `days`: how many are computed anew, whatever has changed of them. EventBridge Scheduler sends no `requestId`; somebody else may. */
const messageSchema = z.strictObject({
  job: z.literal(nightlyAnalyticsMessage.job),
  requestId: z.string().optional(),
  days: z.int().min(1).max(10_000).optional(),
});

/** What EventBridge Scheduler sends once a night: the figures of yesterday, and of days of which something changed. */
export const createAnalyticsJob = ({ database: { writer }, figures, cached }: AnalyticsJobParts): Job =>
  job(messageSchema, async ({ days }, { log, signal }) => {
    const now = new Date();
    const began = performance.now();
    const computed = await computeFigures({ read: (text, values) => figures.read(text, values), writer, signal }, now, days);
    await cached.invalidate([analyticsTag]);
    log.info('Computed the figures of the days before', { days: computed, ms: Math.round(performance.now() - began) });
  });
