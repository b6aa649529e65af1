import type * as z from 'zod';
import type { ApiParts } from './parts';
import type { ProblemCode } from './problem';
import type { LimitName } from './rate-limits';
import type { User } from './sessions';

/**
 * Who may call a route. `customer`: whoever is logged in, for what is their own. `owner`: the same, of one thing that
 * belongs to one user; for everybody else it is not there. `operator`: an admin, by cookie or by the session's token as a
 * bearer. `stripe`: whoever signs with the webhook's secret.
 */
export type Access = 'anyone' | 'customer' | 'owner' | 'operator' | 'stripe';

export type Fields = z.ZodObject;

export interface RouteRequest<P extends Fields, Q extends Fields, H extends Fields, B extends z.ZodType, A extends Access> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly headers: z.output<H>;
  readonly body: z.output<B>;
  /** The body as it came, for routes that check its signature. */
  readonly rawBody: () => Promise<string>;
  readonly user: A extends 'customer' | 'owner' | 'operator' ? User : undefined;
  /** As it came, of whatever session or of none. */
  readonly sessionToken: () => string | undefined;
  /** Of the browser's guest cart, as it came. */
  readonly guestToken: () => string | undefined;
  readonly requestId: string;
  /** The viewer's address as the CDN gives it; empty without the CDN. */
  readonly viewer: string;
}

/** What a handler gives; the status must be one of the route's answers. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is; `headers` name its type. */
  readonly text?: string;
  /** A document that is text already, with the tag of its version. */
  readonly cached?: { readonly json: string; readonly etag: string };
  readonly headers?: Readonly<Record<string, string>>;
}

interface AnswerForm {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly contentType?: string;
  /** What the answer's own headers tell, by name. */
  readonly headers?: Readonly<Record<string, string>>;
}

export const tags = [
  'Catalogue',
  'Account',
  'Session',
  'Notifications',
  'Cart',
  'Guest cart',
  'Orders',
  'Payments',
  'Files',
  'Products',
  'Pictures',
  'Reviews',
  'Analytics',
  'Operations',
] as const;
type Tag = (typeof tags)[number];

export interface RouteForm {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI writes it: `/api/v1/products/{id}`. */
  readonly path: `/${string}`;
  /** What clients that are generated from the document call it: the name of its file. */
  readonly operationId: string;
  /** Where the document lists it. */
  readonly tag: Tag;
  readonly summary: string;
  readonly limit: LimitName | undefined;
  /** What bots go for: the store's settings may ask for a proof that a person is there. Its path stands in `challengedPaths`. @default false */
  readonly challenged?: boolean;
  /** A body that the handler reads as it came: for the document alone. */
  readonly rawBodyForm?: z.ZodType;
  readonly answers: Readonly<Partial<Record<Answer['status'], AnswerForm>>>;
  /** Beyond those that follow from its access, its limit and its input. */
  readonly problems?: readonly ProblemCode[];
  /** How long others may keep the answer, unless its own headers say so. @default - nobody may keep it */
  readonly cacheControl?: string;
}

export interface RouteProps<P extends Fields, Q extends Fields, H extends Fields, B extends z.ZodType, A extends Access>
  extends RouteForm {
  readonly access: A;
  readonly params?: P;
  readonly query?: Q;
  readonly headers?: H;
  readonly body?: B;
  readonly handle: (request: RouteRequest<P, Q, H, B, A>, parts: ApiParts) => Promise<Answer>;
}

/** A route as the table holds it: what it takes has been forgotten by the types and is checked when it is called. */
export interface Route extends RouteForm {
  readonly access: Access;
  readonly params?: Fields;
  readonly query?: Fields;
  readonly headers?: Fields;
  readonly body?: z.ZodType;
  readonly handle: (request: never, parts: ApiParts) => Promise<Answer>;
  /** Of a `documentRoute`. */
  readonly cacheKey?: (asked: never) => string;
}

/** Ties the types of a handler to the schemas beside it. */
export function route<
  A extends Access,
  P extends Fields = Fields,
  Q extends Fields = Fields,
  H extends Fields = Fields,
  B extends z.ZodType = z.ZodUndefined,
>(props: RouteProps<P, Q, H, B, A>): Route {
  return props;
}

/** What a request's path looks like that a path of the table, such as `/api/v1/orders/{orderId}`, is for. */
export const pathForm = (path: string): RegExp => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
