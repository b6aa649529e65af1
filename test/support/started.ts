/** Servers, processes and connections that have been started together and end together. */
export interface Started {
  /** Gives what has started. It is stopped in the end, also where it is only just starting when another step fails. */
  use<T extends Stoppable>(starting: T | Promise<T>): Promise<T>;
  /** Called in the end, before whatever was registered earlier. */
  defer(stop: () => unknown): void;
}

export interface Stoppable {
  stop(): unknown;
}

/** `stop` stops each, the last first, though the stop of another fails; it rejects with what failed. */
export function startedThings(): Started & { readonly stop: () => Promise<void> } {
  const stack = new AsyncDisposableStack();
  const defer: Started['defer'] = (stop) =>
    stack.defer(async () => {
      await stop();
    });
  return {
    use: async (starting) => {
      const begun = Promise.resolve(starting);
      const stop = async () => (await begun.catch(() => undefined))?.stop(); // whoever awaits it hears why it did not start
      if (!stack.disposed) {
        defer(stop);
        return begun;
      }
      await stop();
      throw new Error('It has started after the others were stopped');
    },
    defer,
    stop: () => stack.disposeAsync(),
  };
}

/** Gives what is built of several, and a `stop` for all of them. Where one does not start, the others are stopped. */
export async function startTogether<T extends object>(
  build: (started: Started) => Promise<T>,
): Promise<T & { readonly stop: () => Promise<void> }> {
  const things = startedThings();
  try {
    return { ...(await build(things)), stop: things.stop };
  } catch (error) {
    await things.stop();
    throw error;
  }
}
