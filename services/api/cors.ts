import type { Hono } from 'hono';
import { cors } from 'hono/cors';
import { captchaTokenHeader, challengeTokenHeader } from '../contract';
import { type RequestVariables, requestIdHeader } from './request-log';
import { type Answer, pathForm, type Route } from './route';
import { partitioned } from './sessions';
import { limitHeaderNames } from './too-many';

/** Seconds that a browser keeps the answer to a preflight: the longest of Chrome's (MDN, Access-Control-Max-Age). */
const preflightSeconds = 2 * 60 * 60;

/** What a page may read beside the body and the headers that every page may read (Fetch: CORS-safelisted). */
const exposedHeaders = ['etag', 'location', 'retry-after', requestIdHeader, ...limitHeaderNames];

/** Lets pages of these origins call the API with its cookie and read its answers, refusals too. Nothing is reflected. */
export function allowOrigins(
  app: Hono<{ Variables: RequestVariables }>,
  routes: readonly Route[],
  origins: readonly string[],
): void {
  const taken = routes.map(({ path, method }) => ({
    form: pathForm(path),
    methods: method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
  }));
  const allow = cors({
    origin: [...origins],
    credentials: true,
    maxAge: preflightSeconds,
    allowMethods: (_, { req }) => taken.filter(({ form }) => form.test(req.path)).flatMap(({ methods }) => methods),
    allowHeaders: requestHeaders(routes),
    exposeHeaders: exposedHeaders,
  });
  app.use('/api/*', allow);
}

/** Headers that routes and the firewall read of a browser's page, and those that any request may have. */
function requestHeaders(routes: readonly Route[]): string[] {
  const own = routes.flatMap(({ access, headers }) => (access === 'stripe' || !headers ? [] : Object.keys(headers.shape)));
  return [...new Set(['content-type', 'if-none-match', challengeTokenHeader, captchaTokenHeader, ...own])];
}

/**
 * The cookie of a session or of a guest cart, which routes write for the API's own site, as browsers keep it for a page of another one: each top-level site
 * has its own (CHIPS), so that no third site's page sends it. Safari takes no other cookie of another site.
 */
export function forOtherSites(answer: Answer): Answer {
  const cookie = answer.headers?.['set-cookie'];
  if (cookie === undefined) return answer;
  const named = partitioned(cookie).replace(/; SameSite=\w+/, '');
  return { ...answer, headers: { ...answer.headers, 'set-cookie': `${named}; SameSite=None; Partitioned` } };
}
