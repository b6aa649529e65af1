import { type ChildProcess, fork, type SpawnOptions, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface ChildOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> {
  /** What ends it at once when this process is gone. @default SIGKILL */
  readonly endSignal?: NodeJS.Signals;
  /** Removed after that. */
  readonly temporaryFolder?: string;
}

/**
 * Starts a child that does not outlive this process, not even where this one is killed. A session of its own keeps the
 * terminal's Ctrl-C away from it: whoever started it ends it, in the right order.
 */
export function startChild(command: string, args: readonly string[], options: ChildOptions = {}) {
  const { endSignal = 'SIGKILL', temporaryFolder, ...spawnOptions } = options;
  const child = spawn(command, args, { ...spawnOptions, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  if (pid === undefined) return child; // it tells by its error event
  send({ watch: { pid, signal: endSignal, temporaryFolder } });
  watched.add(pid);
  child.once('exit', () => forget(pid));
  return child;
}

let watcher: ChildProcess | undefined;
const watched = new Set<number>();

/** One watcher for all children; it does not keep this process alive. */
function startWatcher(): ChildProcess {
  const started = fork(join(__dirname, 'watcher.mts'), {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  started.on('error', () => undefined); // without it children are still ended by whoever started them
  started.unref();
  started.channel?.unref();
  return started;
}

function send(message: object): void {
  watcher ??= startWatcher();
  watcher.send(message);
}

function forget(pid: number): void {
  send({ forget: pid });
  watched.delete(pid);
  if (watched.size > 0) return;
  watcher?.disconnect();
  watcher = undefined;
}
