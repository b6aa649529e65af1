interface ProgressDelay {
  /** ms that somebody waits in silence. */
  readonly progressDelayMs: number;
  readonly writeError: (text: string) => void;
}

/** Says on standard error what is being done, once it takes longer than somebody likes to wait in silence. */
export function progressOf({ progressDelayMs, writeError }: ProgressDelay) {
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const end = () => clearTimeout(timer);
  return {
    step: (text: string): void => {
      end();
      const left = progressDelayMs - (performance.now() - began);
      const write = () => writeError(`${text} …\n`);
      if (left <= 0) write();
      else timer = setTimeout(write, left);
    },
    end,
  };
}
