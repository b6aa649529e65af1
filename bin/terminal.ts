export interface Terminal {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly colour: boolean;
}

/** Standard output and error of this process. A reader that has seen enough, such as `head`, is no failure. */
export function terminal(): Terminal {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  return {
    write: (text: string): void => void process.stdout.write(text),
    writeError: (text: string): void => void process.stderr.write(text),
    colour: process.stdout.isTTY && !process.env['NO_COLOR'],
  };
}
