import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { startChild } from '../local/parts/child';
import type { Turn } from './backends/roles';
import type { Program } from './programs';

/** A program that runs as its task definition says. */
export interface Task {
  readonly program: Program;
  readonly turn: Turn;
  readonly port: number;
  readonly process: ChildProcess;
  /** Both outputs so far, as bytes. */
  readonly output: { readonly stdout: readonly Buffer[]; readonly stderr: readonly Buffer[]; readonly both: readonly Buffer[] };
  /** Exit code, or the signal that ended it; `not found` where there is no such program. */
  readonly exit: Promise<number | string>;
  running(): boolean;
  /** As ECS does: SIGTERM, and SIGKILL after the limit. Gives ms until it ended by itself; undefined where it had to be killed. */
  stop(limitSeconds: number): Promise<number | undefined>;
  /** It and what it has started. */
  kill(): void;
}

export interface TaskProps {
  readonly program: Program;
  readonly command: readonly string[];
  readonly folder: string;
  readonly turn: Turn;
  readonly port: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Another user than that of this process. */
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
  readonly write: (text: string) => void;
}

export function startTask({ program, command, folder, turn, port, variables, owner, write }: TaskProps): Task {
  const [file = '', ...args] = command;
  const child = startChild(file, args, { cwd: folder, env: variables, ...owner });
  const output = { stdout: new Array<Buffer>(), stderr: new Array<Buffer>(), both: new Array<Buffer>() };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (data: Buffer) => {
      output[name].push(data);
      output.both.push(data);
      write(data.toString());
    });
  }
  const exit = once(child, 'close').then(
    ([code, signal]) => (code ?? signal) as number | string,
    () => 'not found',
  );
  const running = (): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const kill = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL'); // a session of its own: its children, too
    } catch {
      // nobody is left
    }
  };
  return {
    program,
    turn,
    port,
    process: child,
    output,
    exit,
    running,
    kill,
    stop: async (limitSeconds) => {
      const began = performance.now();
      child.kill('SIGTERM');
      const timer = setTimeout(kill, limitSeconds * 1000);
      const inTime = exit.then(() => performance.now() - began);
      const ms = await inTime;
      clearTimeout(timer);
      return ms < limitSeconds * 1000 ? ms : undefined;
    },
  };
}
