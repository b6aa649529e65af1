import * as z from 'zod';
import { tokenForm } from '../accounts/token';
import { currency, largestInteger, plainText, slug } from '../runtime/forms';

/** In lower case, as the column `users.email` has it. */
export const emailAddress = plainText(254).regex(/.@./s, 'is no e-mail address').toLowerCase();

/** z.email()'s form, with labels of the domain and a length of what is before the @ that SMTP takes (RFC 1035, 2.3.1; RFC 5321, 4.5.3.1). */
const emailForm =
  /^(?!\.)(?!.*\.\.)(?=[^@]{1,64}@)[\w'+.-]*[\w+-]@([A-Za-z\d]([A-Za-z\d-]{0,61}[A-Za-z\d])?\.)+([A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z\d-]{0,58}[A-Za-z\d])$/;

/** To which the store writes: in characters that SES takes, which wants other domains in Punycode (API reference of SESv2, Destination, read 2026-11-29). */
export const reachableAddress = z.email({ pattern: emailForm }).max(254).toLowerCase();

/** Of a link that an e-mail has. */
export const linkToken = z.string().regex(tokenForm).meta({ description: 'What stands behind `#token=` in the link' });

/** One line. */
export const personName = z
  .string()
  .max(100)
  // oxlint-disable-next-line no-control-regex -- the characters in question
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'has a control character');

/**
 * Characters of a password, as Unicode counts them. 15 at the least: NIST SP 800-63B-4 (3.1.1.2; quoted in github.com/OWASP/ASVS issue 3242) asks for so
 * many where nothing but the password is asked for, and OWASP's Authentication Cheat Sheet calls weak what is shorter (both read 2026-11-29). Both want 64
 * or more to be taken, and no rules of composition. 200: an assumption, longer than anybody types, and short enough to hash.
 */
const passwordLength = { least: 15, most: 200 } as const;
const passwordOf = (least: number) =>
  z
    .string()
    // oxlint-disable-next-line no-control-regex -- as in `plainText`
    .regex(
      new RegExp(`^[^\\u0000]{${least},${passwordLength.most}}$`, 'u'),
      `must have ${least} to ${passwordLength.most} characters`,
    );

/** One that somebody chose, also before today's rule. */
export const password = passwordOf(1).meta({ example: 'ann-buys-shoes' });

export const newPassword = passwordOf(passwordLength.least).meta({
  description: 'At least 15 characters of any kind, and not the e-mail address',
  example: 'ann buys shoes again',
});

/** In one form, since it becomes part of keys and tags: PostgreSQL takes either case for the same. */
export const id = z.uuid().toLowerCase().meta({ description: 'UUID, version 7: later things have greater ones' });

export const isId = (text: string): boolean => id.safeParse(text).success;

/** Of a product's address. What has the form of an id is one: no product gets a slug of it. */
export const idOrSlug = z.union([id, slug]).meta({ description: 'The product’s id or slug' });

const minorUnits = z.int().min(0).max(largestInteger);

/** Of a cart, which may be worth more than one payment can be. */
export const totalMinor = z.int().min(0);

export const positiveMinorUnits = z.int().min(1).max(largestInteger);

export const money = z
  .object({
    amountMinor: minorUnits.meta({ description: 'In the currency’s smallest unit: 1999 is 19.99 dollars' }),
    currency,
  })
  .meta({ id: 'Money' });

/** In one form, since it is compared; as PostgreSQL keeps it (0012). */
export const discountCode = z
  .string()
  .regex(/^[A-Za-z\d]([A-Za-z\d-]{0,38}[A-Za-z\d])?$/)
  .toUpperCase()
  .meta({ description: 'Letters, digits and hyphens between them, capitals or not', example: 'SPRING-10' });

export const percent = z.int().min(1).max(99);

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
