import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleServices } from '../../../services/bundle';
import { entryPoints } from '../../../services/contract';

type LogLine = Readonly<Record<string, unknown>>;

export interface RunningService {
  readonly process: ChildProcess;
  /** Everything on both outputs so far. */
  output(): string;
  /** The first line with this message and these fields, already written or still to come. */
  line(message: string, fields?: LogLine): Promise<LogLine>;
  /** The exit code. */
  readonly exit: Promise<number | null>;
}

export interface Bundle {
  readonly folder: string;
  /** Starts an entry point with plain node, in a folder without node_modules and with these variables only. */
  start(service: keyof typeof entryPoints, variables: Readonly<Record<string, string>>): RunningService;
  /** Removes the folder and ends what a failed test left running. */
  remove(): void;
}

export function createBundle(): Bundle {
  const folder = mkdtempSync(join(tmpdir(), 'store-services-'));
  bundleServices(folder);
  const running: RunningService[] = [];
  return {
    folder,
    start: (service, variables) => {
      const started = run(join(folder, entryPoints[service]), variables);
      running.push(started);
      return started;
    },
    remove: () => {
      for (const { process: child } of running) if (child.exitCode === null) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function run(file: string, variables: Readonly<Record<string, string>>): RunningService {
  const child = spawn(process.execPath, [file], { cwd: dirname(file), env: { ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: LogLine[] = [];
  const written = new EventEmitter();
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  createInterface({ input: child.stdout }).on('line', (text) => {
    output += `${text}\n`;
    lines.push(JSON.parse(text) as LogLine);
    written.emit('line');
  });
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
        if (child.exitCode !== null) throw new Error(`"${message}" was never logged:\n${output}`);
        await once(written, 'line');
      }
    },
  };
}
