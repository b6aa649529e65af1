import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startValkey, type ValkeyPart } from '../../../bin/local/parts/valkey';

export interface ValkeyCluster {
  /** Of the first node, which tells a client the others. */
  readonly port: number;
  readonly nodes: readonly ValkeyPart[];
  stop(): Promise<void>;
}

const slots = 16_384;

/**
 * Two primaries with half of the slots each, as ElastiCache has them in cluster mode, but without replicas. Takes two seconds:
 * a primary that has just started waits so long before it takes writes. undefined where no server is installed.
 */
export async function startValkeyCluster(): Promise<ValkeyCluster | undefined> {
  const [first, second] = [await startValkey({ clusterNode: true }), await startValkey({ clusterNode: true })];
  if (first === undefined || second === undefined) return undefined;
  const [one, other] = [first, second].map(({ port }) => new Redis({ host: '127.0.0.1', port }));
  if (one === undefined || other === undefined) return undefined;
  try {
    await one.cluster('ADDSLOTSRANGE', 0, slots / 2 - 1);
    await other.cluster('ADDSLOTSRANGE', slots / 2, slots - 1);
    await one.call('CLUSTER', 'MEET', '127.0.0.1', second.port, second.busPort ?? second.port);
    await Promise.all([one, other].map(untilWhole));
  } finally {
    one.disconnect();
    other.disconnect();
  }
  return {
    port: first.port,
    nodes: [first, second],
    stop: async () => {
      await Promise.all([first.stop(), second.stop()]);
    },
  };
}

async function untilWhole(node: Redis): Promise<void> {
  for (;;) {
    const info = await node.cluster('INFO');
    if (info.includes('cluster_state:ok') && info.includes(`cluster_slots_assigned:${slots}`)) return;
    await pause(20);
  }
}
