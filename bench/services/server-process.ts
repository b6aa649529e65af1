import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { startChild } from '../../bin/local/parts/child';

export interface ServerProcess {
  readonly pid: number;
  /** Of 127.0.0.1; 0 for a process that listens nowhere. */
  readonly port: number;
  /** ms from its start to the line that it waited for. */
  readonly startMs: number;
  /** Told to stop; resolves when it has. */
  stop(): Promise<void>;
  /** As a machine that fails. */
  kill(): void;
}

export interface ServerProcessProps {
  /** What node runs. */
  readonly file: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Where its output goes. It is read as containerd would, and not kept: a line each request would fill the memory of this process. */
  readonly logFile: string;
  /** Message of the line that says that it works. */
  readonly readyLine: string;
}

/** Starts a server by plain node; it ends with this process. Rejects with its last line where it ends before it is ready. */
export async function startServerProcess({ file, variables, logFile, readyLine }: ServerProcessProps): Promise<ServerProcess> {
  const began = performance.now();
  const child = startChild(process.execPath, [file], { env: { ...variables } });
  const log = createWriteStream(logFile, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));

  const lines = createInterface({ input: child.stdout });
  let last = '';
  const ready = new Promise<{ port?: number }>((resolve) => {
    lines.on('line', (line) => {
      last = line;
      if (line.includes(`"message":"${readyLine}"`)) resolve(JSON.parse(line) as { port?: number });
    });
  });
  const found = await Promise.race([ready, ended]);
  if (!found) throw new Error(`${file} ended before it was ready; see ${logFile}: ${last}`);
  const startMs = performance.now() - began;
  lines.removeAllListeners('line');
  lines.close();
  child.stdout.resume();
  return {
    pid: child.pid ?? 0,
    port: found.port ?? 0,
    startMs,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      log.end();
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
