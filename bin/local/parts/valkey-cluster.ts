import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startValkey, type ValkeyPart } from './valkey';

export interface ValkeyCluster {
  /** Of the first node, which tells a client the others. */
  readonly port: number;
  readonly nodes: readonly ValkeyPart[];
  stop(): Promise<void>;
}

export interface ClusterNode {
  /** Address and port that clients are told, where something in front of the node listens. */
  readonly address: string;
  readonly port: number;
}

const slots = 16_384;

/**
 * Primaries that share the slots, as ElastiCache has them in cluster mode, but without replicas. Takes two seconds:
 * a primary that has just started waits so long before it takes writes. undefined where no server is installed.
 * @param announced a node each. @default two nodes, which clients reach as they are
 */
export async function startValkeyCluster(announced?: readonly ClusterNode[]): Promise<ValkeyCluster | undefined> {
  const nodes: ValkeyPart[] = [];
  for (const place of announced ?? [undefined, undefined]) {
    const node = await startValkey({ clusterNode: true, ...(place && { settings: announcement(place) }) });
    if (node === undefined) return undefined;
    nodes.push(node);
  }
  const clients = nodes.map(({ port }) => new Redis({ host: '127.0.0.1', port }));
  try {
    const share = Math.ceil(slots / clients.length);
    await Promise.all(
      clients.map((client, node) => client.cluster('ADDSLOTSRANGE', node * share, Math.min((node + 1) * share, slots) - 1)),
    );
    for (const { port, busPort } of nodes.slice(1)) await clients[0]?.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort ?? port);
    await Promise.all(clients.map((client) => untilWhole(client, nodes.length)));
  } finally {
    for (const client of clients) client.disconnect();
  }
  return {
    port: nodes[0]?.port ?? 0,
    nodes,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

const announcement = ({ address, port }: ClusterNode) => ({
  'cluster-announce-client-ipv4': address,
  'cluster-announce-port': String(port),
});

/** @param size every node knows all of them: clients ask any */
async function untilWhole(node: Redis, size: number): Promise<void> {
  for (;;) {
    const info = await node.cluster('INFO');
    const wanted = ['cluster_state:ok', `cluster_slots_assigned:${slots}`, `cluster_known_nodes:${size}`];
    if (wanted.every((line) => info.includes(line))) return;
    await pause(20);
  }
}
