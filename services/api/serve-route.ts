import type { Context, Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie } from 'hono/cookie';
import type * as z from 'zod';
import { viewerAddressHeader } from '../contract';
import type { ApiParts } from './parts';
import { type InvalidField, Problem } from './problem';
import type { LimitName } from './rate-limits';
import { type RequestVariables, requestIdHeader } from './request-log';
import type { Answer, Route } from './route';
import { sessionCookie, type User, userOf } from './sessions';

type RequestContext = Context<{ Variables: RequestVariables }>;

/** Bytes that a body may have: assumption; the largest is a Stripe event of some 20 KB. */
const largestBody = 100 * 1024;

/** Puts a route of the table before its path: limit, log-in, input, handler, answer, in this order. */
export function serveRoute(app: Hono<{ Variables: RequestVariables }>, route: Route, parts: ApiParts): void {
  const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1'); // as Hono writes it
  if (route.method !== 'get') app.use(path, limitBody);
  app.on(route.method, [path], async (context) => {
    context.set('route', route.path);
    const limitHeaders = route.limit && (await rateLimited(context, route.limit, parts));
    const caller = await allowed(context, route, parts);
    const request = { ...(await inputOf(context, route)), ...caller, requestId: context.get('requestId') };
    const answer = await route.handle(request as never, parts);
    return answered(context, route, answer, limitHeaders);
  });
}

const limitStream = bodyLimit({ maxSize: largestBody, onError: tooLarge });

/** A length that is told is enough to go by: a look at the body as a stream makes a whole `Request` of it (docs/benchmarks.md). */
const limitBody: MiddlewareHandler = async (context, next) => {
  const length = context.req.header('content-length');
  if (length === undefined || context.req.header('transfer-encoding') !== undefined) return limitStream(context, next);
  if (Number(length) > largestBody) tooLarge();
  return next();
};

function tooLarge(): never {
  throw new Problem('body-too-large');
}

/** Counts the request; gives the headers that tell what is left. */
async function rateLimited(context: RequestContext, name: LimitName, { rateLimits }: ApiParts): Promise<Record<string, string>> {
  const address = context.req.header(viewerAddressHeader) ?? ''; // the CDN overwrites it, so a client cannot choose it
  const { allowed: within, limit, remaining, resetSeconds } = await rateLimits.consume(name, address);
  const headers = {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(resetSeconds),
  };
  if (within) return headers;
  throw new Problem('too-many-requests', {
    headers: { ...headers, 'retry-after': String(resetSeconds) },
    members: { retryAfter: resetSeconds },
  });
}

interface Caller {
  readonly user?: User;
  readonly sessionToken?: string | undefined;
}

async function allowed(context: RequestContext, { access }: Route, parts: ApiParts): Promise<Caller> {
  if (access === 'anyone' || access === 'stripe') return {};
  // Whoever comes through the CDN has the header: without it the request is from within the network.
  if (access === 'operator' && context.req.header(viewerAddressHeader) === undefined) return {};
  const sessionToken = getCookie(context, sessionCookie);
  const user = await userOf(sessionToken, parts);
  if (!user) throw new Problem('log-in-required');
  if (access === 'operator' && user.role !== 'admin') throw new Problem('not-allowed');
  parts.activeUsers.seen(user.id);
  return { user, sessionToken };
}

async function inputOf(context: RequestContext, { params, query, headers, body }: Route): Promise<object> {
  const errors: InvalidField[] = [];
  const checked = (schema: z.ZodType | undefined, place: InvalidField['in'], value: () => unknown): unknown => {
    if (!schema) return undefined;
    const result = schema.safeParse(value());
    if (result.success) return result.data;
    errors.push(...result.error.issues.map((issue) => ({ in: place, path: issue.path.join('.'), message: issue.message })));
    return undefined;
  };
  const json = body && (await jsonBody(context));
  const input = {
    params: checked(params, 'path', () => context.req.param()),
    query: checked(query, 'query', () => context.req.query()),
    headers: checked(headers, 'header', () => context.req.header()),
    body: checked(body, 'body', () => json),
    rawBody: () => context.req.text(),
  };
  if (errors.length > 0) throw new Problem('invalid-request', { errors });
  return input;
}

async function jsonBody(context: RequestContext): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(context.req.header('content-type') ?? '')) throw new Problem('unsupported-media-type');
  try {
    return await context.req.json<unknown>();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('invalid-request', { errors: [{ in: 'body', path: '', message: 'is not JSON' }] });
  }
}

function answered(
  context: RequestContext,
  { cacheControl }: Route,
  { status, body, text, cached, headers }: Answer,
  limitHeaders: Record<string, string> | undefined,
): Response {
  const common = {
    [requestIdHeader]: context.get('requestId'),
    ...headers,
    // An answer that others may keep says nothing of one client's limit.
    ...(cacheControl === undefined ? { 'cache-control': 'no-store', ...limitHeaders } : { 'cache-control': cacheControl }),
  };
  if (cached) {
    const tagged = { ...common, etag: cached.etag };
    if (sameVersion(context.req.header('if-none-match'), cached.etag)) return respond(null, 304, tagged);
    return respond(cached.json, status, { ...tagged, 'content-type': jsonType });
  }
  if (body === undefined) return respond(text ?? null, status, common);
  return respond(JSON.stringify(body), status, { 'content-type': jsonType, ...common });
}

/** Past Hono's context, which would make a `Headers` of them: the server sends a plain object as it is (docs/benchmarks.md). */
const respond = (body: string | null, status: number, headers: Record<string, string>): Response =>
  new Response(body, { status, headers });

const jsonType = 'application/json';

/** Weakly, since the CDN makes the tag weak when it compresses. */
function sameVersion(asked: string | undefined, etag: string): boolean {
  return asked !== undefined && asked.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
}
