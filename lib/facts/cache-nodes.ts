import facts from './cache-nodes.json';

/** Node types that ElastiCache sells for Redis OSS or Valkey, one family after the other. */
export const cacheNodeTypes: readonly string[] = facts.families.flatMap(({ family, sizes }) =>
  sizes.map((size) => `${family}.${size}`),
);

/** Engines that the price list has on nodes of this type. */
export function cacheNodeEngines(nodeType: string): readonly string[] {
  const family = nodeType.slice(0, nodeType.lastIndexOf('.'));
  return facts.families.find((candidate) => candidate.family === family)?.engines ?? [];
}

/** Connections that a node of this type takes. */
export function cacheMaxClients(nodeType: string): number {
  const size = nodeType.slice(nodeType.lastIndexOf('.') + 1);
  const { micro, small, medium, others } = facts.maxClients;
  return { micro, small, medium }[size] ?? others;
}
