import { readdirSync, readFileSync } from 'node:fs';
import type { ProgramName } from './programs';
import type { Task } from './task';

/** ms between two looks. */
const everyMs = 400;

/** Bytes of a page: `/proc` counts in them. */
const pageBytes = 4_096;

export interface MemoryWatch {
  /** MiB that a task of each program has taken at the most, its children with it; empty on systems that do not tell. */
  most(): ReadonlyMap<ProgramName, number>;
  stop(): void;
}

/** Looks at the resident memory of each task, again and again. Pages that processes share count for each of them. */
export function watchMemory(tasks: readonly Task[]): MemoryWatch {
  const most = new Map<ProgramName, number>();
  const look = (): void => {
    if (process.platform !== 'linux') return;
    const sessions = residentBySession();
    for (const { process: child, program } of tasks) {
      const mib = sessions.get(child.pid ?? 0) ?? 0;
      if (mib > (most.get(program.name) ?? 0)) most.set(program.name, mib);
    }
  };
  const timer = setInterval(look, everyMs).unref();
  return {
    most: () => {
      look();
      return most;
    },
    stop: () => clearInterval(timer),
  };
}

/** MiB by session: each task has one of its own. */
function residentBySession(): ReadonlyMap<number, number> {
  const sessions = new Map<number, number>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = readStat(pid);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before it may have spaces
    const [session, pages] = [Number(fields[3]), Number(fields[21])];
    if (Number.isFinite(pages)) sessions.set(session, (sessions.get(session) ?? 0) + (pages * pageBytes) / 2 ** 20);
  }
  return sessions;
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return ''; // it has just ended
  }
}
