import { readFileSync } from 'node:fs';

/** Of `/proc`: the kernel's USER_HZ, which is 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** User and system time in seconds, out of the text of `/proc/<pid>/stat` (proc(5), fields 14 and 15). */
export function cpuSecondsIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may have spaces and brackets
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory in MiB, out of the text of `/proc/<pid>/status`. */
export const residentMiBIn = (status: string): number => Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;

/** CPU time that a process has taken so far. @throws where there is no `/proc`, or no such process */
export const cpuSeconds = (pid: number): number => cpuSecondsIn(readFileSync(`/proc/${pid}/stat`, 'utf8'));

export const residentMiB = (pid: number): number => residentMiBIn(readFileSync(`/proc/${pid}/status`, 'utf8'));
