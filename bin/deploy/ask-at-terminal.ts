import { createInterface } from 'node:readline';

/** Asks on standard error, so that standard output is only the report. An input that ends, or Ctrl-C, is an empty answer. */
export function askAtTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise<string>((answer) => {
    const ended = () => {
      process.stderr.write('\n');
      answer('');
    };
    terminal.once('close', ended);
    terminal.question(question, (line) => {
      terminal.off('close', ended);
      answer(line);
    });
  }).finally(() => {
    terminal.close();
  });
}
