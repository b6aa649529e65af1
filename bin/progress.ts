import type { Terminal } from './terminal';

export interface ProgressOptions extends Pick<Terminal, 'writeError'> {
  /** ms without output after which the command reports what it is doing. @default 2000 */
  readonly progressDelayMs?: number;
}

/** Reports on standard error what is being done, once a command has been silent for the delay. */
export function progressOf({ progressDelayMs = 2_000, writeError }: ProgressOptions) {
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
