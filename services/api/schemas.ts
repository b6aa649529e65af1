import * as z from 'zod';

/** What PostgreSQL's `integer` holds; also the largest amount that Stripe takes has fewer digits. */
const largestInteger = 2_147_483_647;

/** Text as PostgreSQL takes it: any character but NUL. */
export const plainText = (most: number) =>
  z
    .string()
    .max(most)
    // oxlint-disable-next-line no-control-regex -- the character in question, written as every reader of the document understands it
    .regex(/^[^\u0000]*$/, 'has a NUL character');

/** In lower case, as the column `users.email` has it. */
export const emailAddress = plainText(254).regex(/.@./s, 'is no e-mail address').toLowerCase();

/** In one form, since it becomes part of keys and tags: PostgreSQL takes either case for the same. */
export const id = z.uuid().toLowerCase().meta({ description: 'UUID, version 7: later things have greater ones' });

export const slug = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .meta({ description: 'Lower-case letters, digits and single hyphens' });

export const time = z.iso.datetime().meta({ description: 'UTC' });

const minorUnits = z.int().min(0).max(largestInteger);

/** Of a cart, which may be worth more than one payment can be. */
export const totalMinor = z.int().min(0);

export const positiveMinorUnits = z.int().min(1).max(largestInteger);

export const money = z
  .object({
    amountMinor: minorUnits.meta({ description: 'In the currency’s smallest unit: 1999 is 19.99 dollars' }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .meta({ description: 'ISO 4217' }),
  })
  .meta({ id: 'Money' });

export const quantity = z.int().min(1).max(100).meta({ description: 'Units' });

/** Whole number in a query, which has text only: digits, not whatever else JavaScript takes for a number. */
export const queryInteger = (least: number, most: number) =>
  z
    .string()
    .refine((text) => /^\d{1,10}$/.test(text), 'is not a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most))
    .meta({ override: { type: 'integer', minimum: least, maximum: most } });

export const queryMinorUnits = queryInteger(0, largestInteger);

export const queryBoolean = z.enum(['true', 'false']).transform((text) => text === 'true');

/** [right-sizing], [growth-plan]: 20 to 50 by default, at most 100. */
const page = { usual: 20, most: 100 } as const;

export const pageLimit = queryInteger(1, page.most)
  .default(page.usual)
  .meta({ description: 'Maximum number of items in a page', override: { default: page.usual } }); // the other override hides it

export const named = z.object({ id, slug, name: z.string() });
