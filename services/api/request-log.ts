import type { MiddlewareHandler } from 'hono';
import { healthPaths } from '../contract';
import type { Logger } from '../logger';

/**
 * A line each request: no header, no cookie and no query, which may carry a signature or an address.
 * The load balancer's own question is left out: it comes every few seconds and its failure shows elsewhere.
 */
export function requestLog(log: Logger): MiddlewareHandler {
  return async (context, next) => {
    const started = performance.now();
    await next();
    if (context.req.path === healthPaths.live) return;
    log.info('Request', {
      method: context.req.method,
      path: context.req.path,
      status: context.res.status,
      ms: Math.round(performance.now() - started),
    });
  };
}
