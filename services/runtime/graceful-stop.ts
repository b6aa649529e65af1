import { describeError, type Logger } from './logger';

export interface GracefulStopProps {
  /** Ends accepting work, finishes what is under way, closes connections. */
  readonly stop: () => Promise<void>;
  /** Seconds that `stop` may take; keep it below the time after which ECS kills the task. */
  readonly limitSeconds: number;
  readonly log: Logger;
}

/**
 * On SIGTERM (ECS) or SIGINT (a terminal) runs `stop` and exits 0. A failure, the time limit
 * or a second signal exits 1.
 */
export function stopGracefully({ stop, limitSeconds, log }: GracefulStopProps): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) {
      log.error('Stopped by a second signal', { signal });
      process.exit(1);
    }
    stopping = true;
    log.info('Stopping', { signal, limitSeconds });
    setTimeout(() => {
      log.error('Stopping took too long', { limitSeconds });
      process.exit(1);
    }, limitSeconds * 1000).unref();
    stop().then(
      () => {
        log.info('Stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error('Stopping failed', describeError(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
