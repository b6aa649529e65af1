const endAtOnce = (): void => process.exit(130);

/**
 * Takes over what ends a process. Until somebody waits for it, and when it comes a second time, this process exits at once, and what
 * it has started with it (see `startChild`). Gives the function that waits for the first.
 */
export function takeSignals(): () => Promise<void> {
  let onSignal = endAtOnce;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal());
  return () =>
    new Promise((resolve) => {
      onSignal = () => {
        onSignal = endAtOnce;
        resolve();
      };
    });
}
