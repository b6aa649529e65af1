import * as z from 'zod';
import { nightlyAnalyticsMessage } from '../../contract';
import { eventSchema } from './event';
import { job } from './job';

const nightlySchema = z.object({ job: z.literal(nightlyAnalyticsMessage.job) });

/** Events of the store, and once a night what EventBridge Scheduler sends. */
export const analytics = job(z.union([nightlySchema, eventSchema]), async (message, { log }) => {
  if ('type' in message) log.info('Event', { id: message.id, type: message.type });
  else log.info('Nightly analytics', { job: message.job });
});
