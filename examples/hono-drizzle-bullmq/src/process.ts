import { log } from './log.js';

/** A variable that the stack sets for this program: docs/your-app.md. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

/** ECS kills the task 60 s after SIGTERM: what hangs is left behind before that, with its line in the log. */
const mostSeconds = 50;

/** At SIGTERM (ECS) or SIGINT (Ctrl-C): `stop`, then the end of the process. */
export function onStop(stop: () => Promise<void>): void {
  const end = async (signal: string) => {
    log.info({ signal }, 'stopping');
    setTimeout(() => fail(new Error(`has not stopped within ${mostSeconds} s`)), mostSeconds * 1_000).unref();
    await stop().catch(fail);
    log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void end(signal));
}

process.on('uncaughtException', fail).on('unhandledRejection', fail);

function fail(error: unknown): never {
  log.fatal(error);
  process.exit(1);
}
