import { createStackParser, createTransport, linkedErrorsIntegration } from '@sentry/core';
import { nodeStackLineParser, ServerRuntimeClient } from '@sentry/core/server';

/** Where errors are told beside the log. */
export interface ErrorReports {
  /** `tags`: what finds it in the log again. Never headers, cookies, bodies or addresses. */
  report(error: unknown, tags: Readonly<Record<string, string>>): void;
  /** Sends what has not been sent yet, for two seconds at the most. */
  close(): Promise<void>;
}

interface ErrorReportsProps {
  readonly dsn: string | undefined;
  readonly store: string;
  readonly service: string;
}

const nowhere: ErrorReports = { report: () => undefined, close: async () => undefined };

/** ms that a report may take, and that the last ones have when the process ends: assumptions. */
const limits = { send: 5_000, close: 2_000 } as const;

/**
 * To Sentry where the store has a DSN. Its core only: no hook into HTTP or PostgreSQL, so a report holds the error, its causes, its
 * stack and our tags, and has never seen a cookie or an authorization header [growth-plan].
 */
export function createErrorReports({ dsn, store, service }: ErrorReportsProps): ErrorReports {
  if (dsn === undefined) return nowhere;
  const client = new ServerRuntimeClient({
    dsn,
    environment: store,
    platform: 'node',
    runtime: { name: 'node', version: process.version },
    serverName: service,
    integrations: [linkedErrorsIntegration()],
    stackParser: createStackParser(nodeStackLineParser()),
    transport: (options) =>
      createTransport(options, async ({ body }) => {
        const headers = { 'content-type': 'application/x-sentry-envelope' };
        const signal = AbortSignal.timeout(limits.send);
        const response = await fetch(options.url, { method: 'POST', body, headers, signal });
        await response.arrayBuffer(); // frees the connection
        return {
          statusCode: response.status,
          headers: {
            'x-sentry-rate-limits': response.headers.get('x-sentry-rate-limits'),
            'retry-after': response.headers.get('retry-after'),
          },
        };
      }),
  });
  client.init();
  return {
    report: (error, tags) => {
      client.captureException(error, { originalException: error, captureContext: { tags } });
    },
    close: async () => {
      await client.close(limits.close);
    },
  };
}
