import { type Context, Hono } from 'hono';
import { isDatabaseUnavailable } from '../runtime/connection-error';
import { describeError } from '../runtime/logger';
import { ObjectStoreError } from '../runtime/object-store';
import type { Traces } from '../runtime/traces';
import { BusyError } from './bounded-queue';
import { allowOrigins } from './cors';
import { serveDocumentation } from './documentation';
import { healthRoutes, type ReadinessChecks } from './health';
import type { ApiParts } from './parts';
import { Problem, problemDocument, problems } from './problem';
import { type RequestVariables, requestIdHeader, requestLog, sendRequestId } from './request-log';
import { routes } from './routes';
import { serveRoute } from './serve-route';
import { traceRequests } from './trace-requests';

export interface ApiProps {
  readonly parts: ApiParts;
  readonly checks: ReadinessChecks;
  /** true from the signal to stop on: answers then ask their connection to close. */
  readonly stopping: () => boolean;
  /** Where the files of Swagger UI are. */
  readonly swaggerUiFolder: string;
  /** @default - no request is recorded */
  readonly traces?: Traces | undefined;
}

/** The whole API without its server. */
export function createApp({ parts, checks, stopping, swaggerUiFolder, traces }: ApiProps): Hono<{ Variables: RequestVariables }> {
  const { log, errorReports } = parts;
  const app = new Hono<{ Variables: RequestVariables }>();

  if (traces) app.use(traceRequests(traces)); // first, so that the request's line has the id of its trace
  app.use(requestLog(parts));
  app.use(async (context, next) => {
    await next();
    if (stopping()) context.header('connection', 'close');
  });
  if (parts.cors.origins.length > 0) allowOrigins(app, routes, parts.cors.origins);
  for (const route of routes) serveRoute(app, route, parts);
  app.route('/', healthRoutes(checks, log));
  app.use(sendRequestId);
  serveDocumentation(app, routes, swaggerUiFolder);
  refuseOtherMethods(app);

  app.notFound((context) => problemAnswer(context, new Problem('not-found')));
  app.onError((error, context) => {
    const problem = problemOf(error);
    const { code, cause } = problem;
    if (cause !== undefined) {
      const [requestId, { method, path }] = [context.get('requestId'), context.req];
      const ours = problems[code].status >= 500;
      const line = { requestId, method, path, code, ...describeError(cause) };
      if (ours) context.set('failure', cause);
      if (ours) log.error('A request failed', line);
      else log.info('A request was refused', line);
      if (ours) errorReports.report(cause, { requestId, code, route: context.get('route') ?? 'none' });
    }
    return problemAnswer(context, problem);
  });
  return app;
}

/** Seconds after which a database or an S3 that was away is worth another try: an assumption, a restart takes a few. */
const awayRetrySeconds = 5;

/** Seconds after which a queue that was full is shorter: none of its work takes that long. */
const busyRetrySeconds = 2;

function problemOf(error: Error): Problem {
  if (error instanceof Problem) return error;
  // Without a cause: nothing failed, and the request's line in the log has the code.
  if (error instanceof BusyError) return new Problem('unavailable', { headers: { 'retry-after': String(busyRetrySeconds) } });
  if (!isDatabaseUnavailable(error) && !(error instanceof ObjectStoreError)) return new Problem('internal', { cause: error });
  return new Problem('unavailable', { cause: error, headers: { 'retry-after': String(awayRetrySeconds) } });
}

/** A path of the table asked by a method that it does not take: 405 and which ones it takes, instead of 404. */
function refuseOtherMethods(app: Hono<{ Variables: RequestVariables }>): void {
  const methods = new Map<string, Set<string>>();
  for (const { method, path } of app.routes) {
    if (method !== 'ALL') methods.set(path, (methods.get(path) ?? new Set()).add(method));
  }
  for (const [path, taken] of methods) {
    const allow = [...taken].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
    app.all(path, () => {
      throw new Problem('method-not-allowed', { headers: { allow } });
    });
  }
}

function problemAnswer(context: Context<{ Variables: RequestVariables }>, problem: Problem): Response {
  context.set('problem', problem.code);
  return context.newResponse(JSON.stringify(problemDocument(problem, context.get('requestId'))), problems[problem.code].status, {
    [requestIdHeader]: context.get('requestId'),
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...problem.props.headers,
  });
}
