import * as z from 'zod';
import { discountRefusals } from '../orders/check-out';
import { cart } from './cart';

/** Why a request was refused, by a code that clients may rely on. One table: status and title of each. */
export const problems = {
  'invalid-request': { status: 400, title: 'The request does not match the schema of this route' },
  'invalid-signature': { status: 400, title: 'The signature does not match the body, or is too old' },
  'log-in-required': { status: 401, title: 'Log in first' },
  'wrong-credentials': { status: 401, title: 'E-mail or password is wrong' },
  'wrong-password': { status: 403, title: 'The password is wrong' },
  'not-allowed': { status: 403, title: 'This user is not allowed to do this' },
  'captcha-refused': { status: 403, title: 'The token of the captcha is missing, too old, used, or of another page' },
  'cross-origin': { status: 403, title: 'A page of another origin may not do this' },
  'not-found': { status: 404, title: 'Not found' },
  'link-not-found': { status: 404, title: 'This link was used, is over, or never was: ask for another one' },
  'method-not-allowed': { status: 405, title: 'This path does not support this method' },
  'sold-out': { status: 409, title: 'Not enough units are left' },
  'not-released': { status: 409, title: 'It is not on sale yet: see its `releaseAt`' },
  'limit-reached': {
    status: 409,
    title: 'A customer may have no more of it, in the cart and in orders: see its `mostPerCustomer`',
  },
  'cart-full': { status: 409, title: 'A cart takes no further product' },
  'not-bought': { status: 409, title: 'Only what one has bought and was shipped can be reviewed' },
  'too-many-reviews': { status: 409, title: 'A customer may write no more reviews today (UTC): go on tomorrow' },
  'wish-list-full': { status: 409, title: 'A wish list takes no further product' },
  'cart-changed': { status: 409, title: 'The cart is not what was seen: see `cart`' },
  'discount-refused': { status: 409, title: 'The discount code takes nothing off this cart: see `reason`' },
  'code-taken': { status: 409, title: 'There is a discount code of this name' },
  'too-many-pending': { status: 409, title: 'Pay or cancel an order that waits for its payment first' },
  'email-taken': { status: 409, title: 'There is an account of this e-mail address: log in' },
  'slug-taken': { status: 409, title: 'Another one has this slug' },
  'unknown-reference': { status: 409, title: 'It names a brand or a category that is not there: see `errors`' },
  archived: { status: 409, title: 'An archived product cannot be sold: restore it first' },
  'stock-out-of-range': { status: 409, title: 'The stock would be below zero, or above 1,000,000 units' },
  'in-use': { status: 409, title: 'A product or another category still has it' },
  'category-cycle': { status: 409, title: 'A category cannot be below itself' },
  'order-pending': { status: 409, title: 'An order waits for its payment: pay or cancel it first' },
  'cart-empty': { status: 409, title: 'The cart is empty, or its reservations have expired' },
  'mixed-currencies': { status: 409, title: 'An order takes products of one currency' },
  'order-too-large': { status: 409, title: 'The order is worth more than one payment can be' },
  'order-not-pending': { status: 409, title: 'Only an order that waits for its payment can be changed' },
  'quota-reached': {
    status: 409,
    title: 'A customer may have no more files, or no more bytes: delete some; what was deleted counts for another day',
  },
  'file-deleted': { status: 409, title: 'What this key began was deleted: choose another key' },
  'pictures-full': {
    status: 409,
    title: 'A product may have no more pictures: delete some; what was deleted counts for another day',
  },
  'upload-missing': { status: 409, title: 'The file has not been uploaded, or not been confirmed' },
  'upload-differs': {
    status: 409,
    title: 'What was uploaded has not the length or the type that was asked for: delete it and begin anew',
  },
  'body-incomplete': { status: 400, title: 'The body ended before it was whole' },
  'payment-refused': { status: 409, title: 'No payment of this amount or currency can be made' },
  'order-not-paid': { status: 409, title: 'Only what was paid can be shipped or given back' },
  'delivery-address-final': {
    status: 409,
    title: 'Only an order that waits for its payment or to be shipped gets another address',
  },
  'order-not-shipped': { status: 409, title: 'Only what was shipped can arrive' },
  'refund-too-large': { status: 409, title: 'More than what is left of the payment cannot be given back' },
  'refund-refused': { status: 409, title: 'Stripe does not give this payment back: see its dashboard' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'too-many-requests': { status: 429, title: 'Too many requests from this address' },
  'too-many-attempts': { status: 429, title: 'Too many attempts at the password of this account' },
  internal: { status: 500, title: 'An internal error occurred' },
  'payments-unavailable': { status: 503, title: 'Payments are temporarily unavailable' },
  unavailable: { status: 503, title: 'Temporarily unavailable, try again' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof problems;

export interface InvalidField {
  readonly in: 'path' | 'query' | 'header' | 'body';
  readonly path: string;
  readonly message: string;
}

/** Members that a document of some codes has beside those of every one. */
export const problemMembers = z.object({
  retryAfter: z.int().optional().meta({ description: 'Seconds' }),
  cart: cart.optional().meta({ description: 'Of `cart-changed`: as it is now' }),
  reason: z.enum(discountRefusals).optional().meta({ description: 'Of `discount-refused`' }),
});

interface ProblemProps {
  /** What a person can do about it; never a value that the client sent. */
  readonly detail?: string;
  readonly errors?: readonly InvalidField[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly members?: z.input<typeof problemMembers>;
  readonly cause?: unknown;
}

/** Ends a request with a problem document (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly props: ProblemProps = {},
  ) {
    super(problems[code].title, { cause: props.cause });
    this.name = 'Problem';
  }
}

/** Of a body with `startsAt` and `endsAt`. */
export const endsFirst = (): Problem =>
  new Problem('invalid-request', { errors: [{ in: 'body', path: 'endsAt', message: 'must be later than `startsAt`' }] });

/** The document; `type` names the code in a form that a client may compare and nobody needs to fetch. */
export function problemDocument({ code, props }: Problem, requestId: string): object {
  const { status, title } = problems[code];
  return {
    type: `urn:problem:${code}`,
    title,
    status,
    code,
    requestId,
    ...(props.detail !== undefined && { detail: props.detail }),
    ...(props.errors && { errors: props.errors }),
    ...props.members,
  };
}
