import { availableParallelism, cpus, loadavg } from 'node:os';

/** What figures were measured on. */
export const machine = () => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  node: process.versions.node,
});

/** `2026-11-20, 2 × AMD EPYC, Node 24.21.0, load 0.4 when it began`: the date and the conditions of a section. */
export function conditions(now: Date = new Date()): string {
  const { cpu, cores, node } = machine();
  return `${now.toISOString().slice(0, 10)}, ${cores} × ${cpu}, Node ${node}, load ${(loadavg()[0] ?? 0).toFixed(1)} when it began`;
}
