import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { healthPaths, viewerAddressHeader } from '../contract';
import type { ApiParts } from './parts';
import type { ProblemCode } from './problem';

export interface RequestVariables {
  requestId: string;
  /** Path of the route that answers, as the table has it; undefined where none does. */
  route: string | undefined;
  /** Why it was refused or failed. */
  problem: ProblemCode | undefined;
  /** Who asked, or as whom somebody tries to log in. */
  userId: string | undefined;
  /** What failed on our side; the log has it. */
  failure: unknown;
}

export type RequestContext = Context<{ Variables: RequestVariables }>;

type RequestLogProps = Pick<ApiParts, 'log' | 'load' | 'prometheus'>;

/** Characters: of an IPv6 address there are 45 at the most. */
const longestViewer = 64;

/**
 * CloudFront gives it to each request and writes it to its own log
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html, read 2026-11-29).
 */
const cdnRequestIdHeader = 'x-amz-cf-id';

/** Characters: CloudFront's has 56. */
const longestCdnRequestId = 64;

/** Leads from a line to the CDN's own log; undefined where no CDN was asked. */
export const cdnRequestIdOf = (context: RequestContext): string | undefined =>
  context.req.header(cdnRequestIdHeader)?.slice(0, longestCdnRequestId);

/** Every answer has it, so that a customer can name a request. */
export const requestIdHeader = 'x-request-id';

/** For the documentation and for what is nowhere; routes of the table and `/health` say their id themselves, which is cheaper. */
export const sendRequestId: MiddlewareHandler<{ Variables: RequestVariables }> = async (context, next) => {
  context.header(requestIdHeader, context.get('requestId'));
  await next();
};

/**
 * A line each request, with the viewer's address and account, so that who tries what can be found, and with the CDN's id of it: no other header, no cookie
 * and no query, which may carry a signature.
 * The load balancer's own question is left out: it comes every few seconds and its failure shows elsewhere.
 */
export function requestLog({ log, load, prometheus }: RequestLogProps): MiddlewareHandler<{ Variables: RequestVariables }> {
  return async (context, next) => {
    const started = performance.now();
    const requestId = randomUUID();
    context.set('requestId', requestId);
    await next();
    const { method, path } = context.req;
    if (path === healthPaths.live) return;
    const ms = performance.now() - started;
    const { status } = context.res;
    load.request(status, ms);
    const route = context.get('route') ?? 'none';
    prometheus.request(method, route, status);
    const [code, userId] = [context.get('problem'), context.get('userId')];
    const viewer = context.req.header(viewerAddressHeader)?.slice(0, longestViewer);
    const cdnRequestId = cdnRequestIdOf(context);
    log.info('Request', { requestId, cdnRequestId, method, route, path, status, ms: Math.round(ms), code, viewer, userId });
  };
}
