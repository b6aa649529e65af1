interface Patience {
  /** ms that somebody waits in silence. */
  readonly patienceMs: number;
  readonly writeError: (text: string) => void;
}

/** Says on standard error what is being done, once it takes longer than somebody likes to wait in silence. */
export function progressOf({ patienceMs, writeError }: Patience) {
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const end = () => clearTimeout(timer);
  return {
    step: (words: string): void => {
      end();
      const left = patienceMs - (performance.now() - began);
      const write = () => writeError(`${words} …\n`);
      if (left <= 0) write();
      else timer = setTimeout(write, left);
    },
    end,
  };
}
