import type { MiddlewareHandler } from 'hono';
import { healthPaths } from '../contract';
import type { Span, Traces } from '../runtime/traces';
import { parseAwsTraceHeader, parseTraceparent } from '../runtime/traces/trace-ids';
import { cdnRequestIdOf, type RequestContext, type RequestVariables } from './request-log';

/**
 * Records the requests that the dice choose, with what they ask of others. A client may say which trace a request belongs to, and not whether it is
 * recorded: anybody could have the store pay. Not the load balancer's own question, which comes every few seconds.
 */
export const traceRequests =
  (traces: Traces): MiddlewareHandler<{ Variables: RequestVariables }> =>
  async (context, next) => {
    if (!traces.dice() || context.req.path === healthPaths.live) return next();
    const from =
      parseTraceparent(context.req.header('traceparent')) ?? parseAwsTraceHeader(context.req.header('x-amzn-trace-id'));
    return traces.unit({ name: context.req.method, kind: 'server', from }, async (span) => {
      await next();
      describeRequest(span, context);
    });
  };

/** By its route and never by its path, in which a token may be. */
function describeRequest(span: Span, context: RequestContext): void {
  const { method } = context.req;
  const [route, code] = [context.get('route'), context.get('problem')];
  const { status } = context.res;
  if (route !== undefined) span.rename(`${method} ${route}`);
  span.set({
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
    'url.scheme': 'https', // of viewers
    'store.problem': code,
    'store.request_id': context.get('requestId'),
    'aws.cloudfront.request_id': cdnRequestIdOf(context),
  });
  if (status >= 500) span.fail(context.get('failure') ?? new Error(code));
}
