import facts from './fargate-sizes.json';

/** CPU units that Fargate gives a task, ascending. */
export const fargateCpus: readonly number[] = facts.sizes.map(({ cpu }) => cpu);

/** Memory in MiB that goes with so many CPU units, ascending; empty for a CPU that Fargate does not give. */
export function fargateMemory(cpu: number): readonly number[] {
  const memory = facts.sizes.find((size) => size.cpu === cpu)?.memoryMiB ?? [];
  if (Array.isArray(memory)) return memory;
  return Array.from({ length: (memory.to - memory.from) / memory.step + 1 }, (_, index) => memory.from + index * memory.step);
}

/** What Fargate gives with so many CPU units, in words: `4096 to 16384 MiB (steps of 1024)`. */
export function formatFargateMemory(cpu: number): string {
  const memory = facts.sizes.find((size) => size.cpu === cpu)?.memoryMiB ?? [];
  return Array.isArray(memory) ? `${memory.join(', ')} MiB` : `${memory.from} to ${memory.to} MiB (steps of ${memory.step})`;
}
