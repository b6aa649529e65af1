import { setTimeout as pause } from 'node:timers/promises';
import { Hono } from 'hono';
import * as z from 'zod';
import { healthPaths } from '../contract';
import { time } from '../runtime/forms';
import { describeError, type Logger } from '../runtime/logger';
import { type RequestContext, type RequestVariables, requestIdHeader } from './request-log';
import { jsonType, respond } from './respond';

/** Each asks one part and rejects when it does not answer. */
export interface ReadinessChecks {
  readonly database: () => Promise<unknown>;
  readonly cache: () => Promise<unknown>;
}

/** ms that one part may take; an assumption, twice the critical p95 of the whole API [scalability-report] and more. */
const readinessLimitMs = 2_000;

/** ms that an answer of the parts holds. */
const askedEveryMs = 1_000;

export const livenessSchema = z
  .object({ status: z.literal('ok'), timestamp: time, uptime: z.number().meta({ description: 'Seconds' }) })
  .meta({ id: 'Liveness' });

const partStatus = z.enum(['ok', 'failed']);
export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'unavailable']),
    timestamp: time,
    parts: z.object({ database: partStatus, cache: partStatus }),
  })
  .meta({ id: 'Readiness' });

/**
 * `/health` says that the process answers and asks nobody: a database that is away must not make the load balancer
 * replace every task. `/health/ready` names the part that does not answer, and neither hosts nor causes.
 */
export function healthRoutes(
  checks: ReadinessChecks,
  log: Logger,
  { limitMs = readinessLimitMs, now = () => performance.now() } = {},
): Hono<{ Variables: RequestVariables }> {
  const routes = new Hono<{ Variables: RequestVariables }>();
  let last: { readonly statuses: Promise<readonly (readonly [string, 'ok' | 'failed'])[]>; readonly at: number } | undefined;

  /** Once a second at the most, however many ask: nobody who is logged in as nobody gets to the primary as often as they like. */
  const statuses = () => {
    if (last === undefined || now() - last.at >= askedEveryMs) last = { statuses: ask(), at: now() };
    return last.statuses;
  };
  const ask = () =>
    Promise.all(
      Object.entries(checks).map(async ([part, check]: [string, () => Promise<unknown>]) => {
        try {
          await within(limitMs, check);
          return [part, 'ok'] as const;
        } catch (error) {
          log.warn('A part is not ready', { part, ...describeError(error) });
          return [part, 'failed'] as const;
        }
      }),
    );

  routes.get(healthPaths.live, (context) =>
    answered(context, 200, { status: 'ok', timestamp: new Date().toISOString(), uptime: process.uptime() }),
  );

  routes.get(healthPaths.ready, async (context) => {
    const parts = await statuses();
    const ready = parts.every(([, status]) => status === 'ok');
    const status = ready ? 'ready' : 'unavailable';
    return answered(context, ready ? 200 : 503, {
      status,
      timestamp: new Date().toISOString(),
      parts: Object.fromEntries(parts),
    });
  });

  return routes;
}

const answered = (context: RequestContext, status: number, body: object): Response =>
  respond(JSON.stringify(body), status, {
    [requestIdHeader]: context.get('requestId'),
    'content-type': jsonType,
    'cache-control': 'no-store',
  });

async function within(limitMs: number, check: () => Promise<unknown>): Promise<void> {
  const late = pause(limitMs, undefined, { ref: false }).then(() => {
    throw new Error(`No answer within ${limitMs} ms`);
  });
  await Promise.race([check(), late]);
}
