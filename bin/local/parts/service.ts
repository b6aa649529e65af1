import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { entryPoints } from '../../../services/contract';
import { startChild } from './child';

const compileCache = join(__dirname, '../../../.build/compile-cache');

export type LogLine = Readonly<Record<string, unknown>>;

export interface RunningService {
  readonly process: ChildProcess;
  /** Everything on both outputs so far. */
  output(): string;
  /** The first line with this message and these fields, already written or still to come. */
  line(message: string, fields?: LogLine): Promise<LogLine>;
  /** The exit code; null where a signal ended it. */
  readonly exit: Promise<number | null>;
}

/**
 * Starts an entry point of the bundle in `folder` with plain node, with these variables only, and with V8's code of the last start. `onText` is told each line
 * of both outputs; what is no JSON comes without fields.
 */
export function startService(
  folder: string,
  service: keyof typeof entryPoints,
  variables: Readonly<Record<string, string>>,
  onText: (text: string, fields: LogLine) => void = () => undefined,
  args: readonly string[] = [],
): RunningService {
  const child = startChild(process.execPath, [join(folder, entryPoints[service]), ...args], {
    cwd: folder,
    env: { NODE_COMPILE_CACHE: compileCache, ...variables },
  });
  const lines: LogLine[] = [];
  const written = new EventEmitter().setMaxListeners(0);
  let output = '';
  const read = (text: string): void => {
    const fields = fieldsOf(text);
    output += `${text}\n`;
    lines.push(fields);
    onText(text, fields);
    written.emit('line');
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', read);
  const exit = once(child, 'close').then(([code]) => {
    written.emit('line');
    return code as number | null;
  });
  return {
    process: child,
    output: () => output,
    exit,
    line: async (message, fields = {}) => {
      const wanted = Object.entries({ message, ...fields });
      for (;;) {
        const found = lines.find((line) => wanted.every(([name, value]) => line[name] === value));
        if (found !== undefined) return found;
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`"${message}" was never logged:\n${output}`);
        await once(written, 'line');
      }
    },
  };
}

function fieldsOf(text: string): LogLine {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as LogLine) : {};
  } catch {
    return {};
  }
}
