import * as z from 'zod';
import { job } from './job';

/** What every message has; the rest depends on its type. */
export const eventSchema = z.looseObject({ id: z.string().min(1), type: z.string().min(1) });

/** Takes an event and says so: the form of a message is checked before there is anything to do with it. */
export const recordEvent = job(eventSchema, async ({ id, type }, { log }) => {
  log.info('Event', { id, type });
});
