import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { healthPaths } from '../contract';
import type { ApiParts } from './parts';

export interface RequestVariables {
  requestId: string;
  /** Path of the route that answers, as the table has it; undefined where none does. */
  route: string | undefined;
}

type RequestLogProps = Pick<ApiParts, 'log' | 'load' | 'prometheus'>;

/** Every answer has it, so that a customer can name a request. */
export const requestIdHeader = 'x-request-id';

/** For routes outside the table; those of the table say their id themselves, which is cheaper. */
export const sendRequestId: MiddlewareHandler<{ Variables: RequestVariables }> = async (context, next) => {
  context.header(requestIdHeader, context.get('requestId'));
  await next();
};

/**
 * A line each request: no header, no cookie and no query, which may carry a signature or an address.
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
    log.info('Request', { requestId, method, route, path, status, ms: Math.round(ms) });
  };
}
