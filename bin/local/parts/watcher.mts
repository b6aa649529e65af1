/**
 * Ends the children of a process that went without ending them, however it went. A process of its own, out of reach of the
 * terminal's Ctrl-C. Plain Node runs it, so it imports nothing of the project.
 */
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

interface Charge {
  readonly pid: number;
  readonly signal: NodeJS.Signals;
  readonly temporaryFolder?: string;
}

/** ms that a child may take to end before it is killed. */
const progressDelayMs = 5_000;

const charges = new Map<number, Charge>();

function signalled(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // it has ended
  }
}

async function end({ pid, signal, temporaryFolder }: Charge): Promise<void> {
  signalled(pid, signal);
  const until = Date.now() + progressDelayMs;
  while (signalled(pid, 0) && Date.now() < until) await pause(20);
  signalled(pid, 'SIGKILL');
  if (temporaryFolder !== undefined) await rm(temporaryFolder, { recursive: true, force: true, maxRetries: 5 });
}

process.on('message', ({ watch, forget }: { watch?: Charge; forget?: number }) => {
  if (watch !== undefined) charges.set(watch.pid, watch);
  if (forget !== undefined) charges.delete(forget);
});
process.on('disconnect', () => {
  void Promise.all([...charges.values()].map(end)).finally(() => process.exit(0));
});
