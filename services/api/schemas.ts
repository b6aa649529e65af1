import * as z from 'zod'; // as a namespace, so that the bundle leaves out what is not used

/** What PostgreSQL's `integer` holds; also the largest amount that Stripe takes has fewer digits. */
const largestInteger = 2_147_483_647;

/** Text as PostgreSQL takes it: any character but NUL. */
export const plainText = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\0]*$/, 'has a NUL character');

export const id = z.uuid().meta({ description: 'UUID, version 7: later things have greater ones' });

export const slug = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .meta({ description: 'Lower-case letters, digits and single hyphens' });

export const time = z.iso.datetime().meta({ description: 'UTC' });

export const minorUnits = z.int().min(0).max(largestInteger);

export const money = z
  .object({
    amountMinor: minorUnits.meta({ description: 'In the currency’s smallest unit: 1999 is 19.99 dollars' }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .meta({ description: 'ISO 4217' }),
  })
  .meta({ id: 'Money' });

export const quantity = z.int().min(1).max(100);

/** Whole number in a query, which has text only. */
export const queryInteger = (least: number, most: number) => z.coerce.number().pipe(z.int().min(least).max(most));

/** [2], [4]: 20 to 50 by default, at most 100. */
export const pageLimit = queryInteger(1, 100).default(20);

export const named = z.object({ id, slug, name: z.string() });
