import type { Instrumentation } from 'next';

// Next.js compiles this file for its edge runtime too, which has no modules of Node.js: hence the imports within conditions.

/** Called once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  (await import('./log')).logConsoleAsJson();
  (await import('./stop')).closeIdleConnectionsAtStop();
}

/** Says which request failed; Next.js itself writes the stack. */
export const onRequestError: Instrumentation.onRequestError = async (error, { method, path }) => {
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('./log')).logError(`${method} ${path}`, error);
};
