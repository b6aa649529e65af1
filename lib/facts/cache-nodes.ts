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

/** CPU credits (minutes of a vCPU) of a burstable node, which is slowed down without any; undefined where the type does not burst. */
export function cacheCpuCredits(
  nodeType: string,
): { readonly earnedPerHour: number; readonly most: number; readonly vcpu: number } | undefined {
  const [family = '', size = ''] = nodeType.replace('cache.', '').split('.');
  const sizes: Readonly<Record<string, number>> = facts.cpuCredits.earnedPerHour;
  const earnedPerHour = family.startsWith('t') ? sizes[size] : undefined;
  return earnedPerHour === undefined ? undefined : { earnedPerHour, most: 24 * earnedPerHour, vcpu: facts.cpuCredits.vcpu };
}

/** Bytes that a node of this type keeps for data; undefined where nobody published them. */
export function cacheDataBytes(nodeType: string): number | undefined {
  const [kind = '', size = ''] = nodeType.replace(/^cache\.(.)[^.]*/, '$1').split('.');
  const kinds: Readonly<Record<string, Readonly<Record<string, number>>>> = facts.memory.bytes;
  const bytes = kinds[kind]?.[size];
  return bytes && (bytes * (100 - facts.memory.reservedPercent)) / 100;
}

/** Gbit/s that a node of this type sends without end; undefined where nobody published it. */
export function cacheNetworkGbps(nodeType: string): number | undefined {
  const dot = nodeType.lastIndexOf('.');
  const sizes: Readonly<Record<string, number>> =
    facts.network.gbps.find(({ families }) => families.includes(nodeType.slice(0, dot)))?.sizes ?? {};
  return sizes[nodeType.slice(dot + 1)];
}

interface Shards {
  readonly nodeType: string;
  readonly shards: number;
}

/** Bytes for data and Gbit/s of primaries of this type together; NaN where nobody published them, which is never enough. */
export function carried({ nodeType, shards }: Shards): { readonly dataBytes: number; readonly networkGbps: number } {
  return {
    dataBytes: shards * (cacheDataBytes(nodeType) ?? Number.NaN),
    networkGbps: shards * (cacheNetworkGbps(nodeType) ?? Number.NaN),
  };
}

/** Whether one node of the type has the memory and the network of all shards together. Commands still share its one thread. */
export function carriesShards(nodeType: string, shards: Shards): boolean {
  const [one, all] = [carried({ nodeType, shards: 1 }), carried(shards)];
  return one.dataBytes >= all.dataBytes && one.networkGbps >= all.networkGbps;
}

/** The smallest node of the same family that carries as much as the shards; their own type where none does. */
export function nodeInsteadOfShards(shards: Shards): string {
  const family = shards.nodeType.slice(0, shards.nodeType.lastIndexOf('.') + 1);
  const enough = cacheNodeTypes.find((nodeType) => nodeType.startsWith(family) && carriesShards(nodeType, shards));
  return enough ?? shards.nodeType;
}

/** Where the figures of memory, network and connections come from. */
export const cacheNodeSources = {
  memory: facts.memory.source,
  network: facts.network.source,
  maxClients: facts.maxClients.source,
};
