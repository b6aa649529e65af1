import * as z from 'zod';

/** What PostgreSQL's `integer` holds; also the largest amount that Stripe takes has fewer digits. */
export const largestInteger = 2_147_483_647;

/** The most that Stripe takes for one payment, in the smallest unit (Stripe: Currencies, minimum and maximum charge amounts). */
export const largestPaymentMinor = 99_999_999;

/** Text as PostgreSQL takes it: any character but NUL. */
export const plainText = (most: number) =>
  z
    .string()
    .max(most)
    // oxlint-disable-next-line no-control-regex -- the character in question, written as every reader of the document understands it
    .regex(/^[^\u0000]*$/, 'has a NUL character');

export const slug = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .meta({ description: 'Lower-case letters, digits and single hyphens' });

export const time = z.iso.datetime().meta({ description: 'UTC' });

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ description: 'ISO 4217' });
