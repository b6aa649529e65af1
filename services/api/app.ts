import { Hono } from 'hono';
import { describeError, type Logger } from '../logger';
import { healthRoutes, type ReadinessChecks } from './health';
import { requestLog } from './request-log';

export interface ApiProps {
  readonly log: Logger;
  readonly checks: ReadinessChecks;
  /** true from the signal to stop on: answers then ask their connection to close. */
  readonly stopping: () => boolean;
}

/** The whole API without its server; the store's routes are mounted under `/api` beside the health routes. */
export function createApp({ log, checks, stopping }: ApiProps): Hono {
  const app = new Hono();

  app.use(requestLog(log));
  app.use(async (context, next) => {
    await next();
    if (stopping()) context.header('connection', 'close');
  });
  app.route('/', healthRoutes(checks, log));

  app.notFound((context) => context.json({ error: 'not-found' }, 404));
  app.onError((error, context) => {
    log.error('A request failed', { method: context.req.method, path: context.req.path, ...describeError(error) });
    return context.json({ error: 'internal' }, 500);
  });
  return app;
}
