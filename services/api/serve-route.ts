import type { Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie } from 'hono/cookie';
import type * as z from 'zod';
import type { FirstLook } from '../cache-aside/first-looks';
import { viewerAddressHeader } from '../contract';
import { lookAhead } from './cached-json';
import { forOtherSites } from './cors';
import type { AskedAhead } from './document-route';
import { guestCookie } from './guest-cart';
import { refuseOtherOrigins } from './other-origins';
import type { ApiParts } from './parts';
import { type InvalidField, Problem } from './problem';
import { provePerson } from './prove-person';
import type { LimitName } from './rate-limits';
import { type RequestContext, type RequestVariables, requestIdHeader } from './request-log';
import { jsonType, respond } from './respond';
import type { Answer, Route } from './route';
import { partitioned, sessionCookie, type User, userOf } from './sessions';
import { type LimitHeaders, limitHeaders, tooMany } from './too-many';

/** Bytes that a body may have: assumption; the largest is a Stripe event of some 20 KB. */
const largestBody = 100 * 1024;

/** Puts a route of the table before its path: limit, log-in, input, handler, answer, in this order. */
export function serveRoute(app: Hono<{ Variables: RequestVariables }>, route: Route, parts: ApiParts): void {
  const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1'); // as Hono writes it
  if (route.method !== 'get') app.use(path, limitBody);
  app.on(route.method, [path], async (context) => {
    context.set('route', route.path);
    if (route.cacheKey) return documentOf(context, route, route.cacheKey, parts);
    if (route.method !== 'get' && route.access !== 'stripe') refuseOtherOrigins(context, parts.cors.origins);
    const ofLimit = route.limit && (await rateLimited(context, route.limit, parts));
    const caller = await allowed(context, route, parts);
    const viewer = viewerOf(context);
    const sessionToken = () => sessionTokenOf(context, parts);
    const guestToken = () => getCookie(context, nameOfCookie(guestCookie, parts));
    const input = await inputOf(context, route);
    if (route.challenged) await provePerson(context, parts); // last, since it uses the token up
    const request = { ...input, ...caller, requestId: context.get('requestId'), viewer, sessionToken, guestToken };
    const answer = await route.handle(request as never, parts);
    return answered(context, route, parts.cors.otherSites ? forOtherSites(answer) : answer, ofLimit);
  });
}

/**
 * The cache is asked for the document by the same write that counts the request, a round trip less than one after the other. The limit still comes first: what
 * the cache said is used, and what it lacks is loaded, for a request that is allowed.
 */
async function documentOf(
  context: RequestContext,
  route: Route,
  cacheKey: NonNullable<Route['cacheKey']>,
  parts: ApiParts,
): Promise<Response> {
  const counting = route.limit && rateLimited(context, route.limit, parts);
  if (route.limit && parts.rateLimits.isOver(route.limit, viewerOf(context))) await counting; // throws
  let look: FirstLook | undefined;
  try {
    const input = checkedInput(context, route);
    const key = cacheKey(input as never);
    look = lookAhead(parts.cached, key);
    const asked = { ...input, ahead: { key, look } satisfies AskedAhead };
    const ofLimit = await counting;
    return answered(context, route, await route.handle(asked as never, parts), ofLimit);
  } catch (error) {
    await counting; // that a request is over its limit comes before what is wrong with it
    throw error;
  } finally {
    if (look) parts.cached.leave(look);
  }
}

const countStream = bodyLimit({ maxSize: largestBody, onError: tooLarge });

/** A length that is told is enough to go by: a look at the body as a stream makes a whole `Request` of it (docs/benchmarks.md). */
const limitBody: MiddlewareHandler = async (context, next) => {
  const length = context.req.header('content-length');
  if (length === undefined || context.req.header('transfer-encoding') !== undefined) return limitStream(context, next);
  if (Number(length) > largestBody) tooLarge();
  return next();
};

/** Reads the body; what goes wrong after that is no fault of whoever sends it. */
const limitStream: MiddlewareHandler = async (context, next) => {
  let read = false;
  const answer = await countStream(context, async () => {
    read = true;
  }).catch(incomplete);
  return read ? next() : answer;
};

/** The client went away while it sent the body, or was too slow. */
function incomplete(cause: unknown): never {
  throw cause instanceof Problem ? cause : new Problem('body-incomplete', { cause });
}

function tooLarge(): never {
  throw new Problem('body-too-large');
}

/** Counts the request; gives the headers that tell what is left. */
async function rateLimited(context: RequestContext, name: LimitName, { rateLimits }: ApiParts): Promise<LimitHeaders> {
  const consumed = await rateLimits.consume(name, viewerOf(context));
  if (!consumed.allowed) throw tooMany('too-many-requests', consumed);
  return limitHeaders(consumed);
}

/** The CDN overwrites it, so a client cannot choose it. */
const viewerOf = (context: RequestContext): string => context.req.header(viewerAddressHeader) ?? '';

interface Caller {
  readonly user?: User;
}

async function allowed(context: RequestContext, { access }: Route, parts: ApiParts): Promise<Caller> {
  if (access === 'anyone' || access === 'stripe') return {};
  const cookie = sessionTokenOf(context, parts);
  const user = await userOf(access === 'operator' ? (cookie ?? bearerToken(context)) : cookie, parts);
  if (!user) throw new Problem('log-in-required');
  if (access === 'operator' && user.role !== 'admin') throw new Problem('not-allowed');
  context.set('userId', user.id);
  parts.activeUsers.seen(user.id);
  return { user };
}

const nameOfCookie = (name: string, { cors }: ApiParts): string => (cors.otherSites ? partitioned(name) : name);

const sessionTokenOf = (context: RequestContext, parts: ApiParts): string | undefined =>
  getCookie(context, nameOfCookie(sessionCookie, parts));

/** The token of an admin's session, as Prometheus and other programs send it that keep no cookies. */
const bearerToken = (context: RequestContext): string | undefined =>
  /^Bearer ([\w-]+)$/i.exec(context.req.header('authorization') ?? '')?.[1];

async function inputOf(context: RequestContext, route: Route): Promise<object> {
  return checkedInput(context, route, route.body && (await jsonBody(context)));
}

function checkedInput(context: RequestContext, { params, query, headers, body }: Route, json?: unknown): object {
  const errors: InvalidField[] = [];
  const checked = (schema: z.ZodType | undefined, place: InvalidField['in'], value: () => unknown): unknown => {
    if (!schema) return undefined;
    const result = schema.safeParse(value());
    if (result.success) return result.data;
    errors.push(...result.error.issues.map((issue) => ({ in: place, path: issue.path.join('.'), message: issue.message })));
    return undefined;
  };
  const input = {
    params: checked(params, 'path', () => context.req.param()),
    query: checked(query, 'query', () => context.req.query()),
    headers: checked(headers, 'header', () => context.req.header()),
    body: checked(body, 'body', () => json),
    rawBody: () => context.req.text().catch(incomplete),
  };
  if (errors.length > 0) throw new Problem('invalid-request', { errors });
  return input;
}

async function jsonBody(context: RequestContext): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(context.req.header('content-type') ?? '')) throw new Problem('unsupported-media-type');
  const text = await context.req.text().catch(incomplete);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem('invalid-request', { errors: [{ in: 'body', path: '', message: 'is not JSON' }] });
  }
}

function answered(
  context: RequestContext,
  { cacheControl }: Route,
  { status, body, text, cached, headers }: Answer,
  ofLimit: LimitHeaders | undefined,
): Response {
  const common = {
    [requestIdHeader]: context.get('requestId'),
    // An answer that others may keep says nothing of one client's limit.
    ...(cacheControl === undefined ? { 'cache-control': 'no-store', ...ofLimit } : { 'cache-control': cacheControl }),
    ...headers,
  };
  if (cached) {
    const tagged = { ...common, etag: cached.etag };
    if (sameVersion(context.req.header('if-none-match'), cached.etag)) return respond(null, 304, tagged);
    return respond(cached.json, status, { ...tagged, 'content-type': jsonType });
  }
  if (body === undefined) return respond(text ?? null, status, common);
  return respond(JSON.stringify(body), status, { 'content-type': jsonType, ...common });
}

/** Weakly, since the CDN makes the tag weak when it compresses. */
function sameVersion(asked: string | undefined, etag: string): boolean {
  return asked !== undefined && asked.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
}
