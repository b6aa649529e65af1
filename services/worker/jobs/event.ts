import * as z from 'zod';

/** What every message has; the rest depends on its type. */
export const eventSchema = z.looseObject({ id: z.string().min(1), type: z.string().min(1) });
