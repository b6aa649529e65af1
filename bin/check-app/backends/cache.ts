import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { ports } from '../../../services/contract';
import { LocalError } from '../../local/local-error';
import { startForwarder } from '../../local/parts/forwarder';
import { startValkey, type ValkeyPart } from '../../local/parts/valkey';
import { startValkeyCluster } from '../../local/parts/valkey-cluster';
import { howToGetValkey } from '../../local/parts/valkey-program';
import { type Place, placeAt } from './places';

export interface AppCache {
  /** Where a client begins: the only node, or one of a cluster. */
  readonly place: Place;
  /** By password, or by a token that is not looked at. */
  readonly user: string;
  readonly url: string;
  /** Errors that the nodes have answered so far, by name: `MOVED`, `CROSSSLOT`. */
  errors(): Promise<ReadonlyMap<string, number>>;
  /** Commands on keys that the nodes have done. */
  followed(): Promise<number>;
  /** Log-ins as the user, those that hold now. */
  clients(): Promise<number>;
  /** Cuts every connection and takes none for so long; what was in it is gone. */
  failOver(ms: number): Promise<void>;
}

export interface AppCacheProps {
  /** One a node: more than one makes a cluster. */
  readonly addresses: readonly string[];
  readonly user: string;
  /** False: whatever the user gives as a token is taken. */
  readonly byPassword: boolean;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer };
  readonly settings?: Readonly<Record<string, string>>;
  readonly defer: (stop: () => Promise<void>) => void;
}

/** Valkey behind TLS, a node or a cluster, for one user. */
export async function startCache(props: AppCacheProps): Promise<AppCache> {
  const { addresses, user, byPassword, tls, defer } = props;
  const places = await Promise.all(addresses.map((address) => placeAt(address, ports.redis)));
  const nodes = await startNodes(places, props);
  defer(async () => void (await Promise.all(nodes.map((node) => node.stop()))));
  const password = byPassword ? randomBytes(24).toString('hex') : undefined;
  const ask = <T>(work: (client: Redis) => Promise<T>): Promise<T[]> => Promise.all(nodes.map((node) => asDefault(node, work)));
  const letIn = password === undefined ? 'nopass' : `>${password}`;
  await ask((client) => client.call('ACL', 'SETUSER', user, 'on', letIn, '~*', '&*', '+@all', '-@admin', '-@dangerous', '+info'));
  let forwarders = await startForwarders(places, nodes, tls);
  const stopForwarders = async (): Promise<void> => void (await Promise.all(forwarders.map((forwarder) => forwarder.stop())));
  defer(() => stopForwarders());
  const [place] = places;
  if (place === undefined) throw new Error('a cache has a node');
  return {
    place,
    user,
    url: `rediss://${user}:${password ?? ''}@${place.address}:${place.port}`,
    errors: async () => sum(await ask(async (client) => errorStats(await client.info('errorstats')))),
    followed: async () =>
      (await ask(async (client) => keyspaceCalls(await client.info('commandstats')))).reduce((a, b) => a + b, 0),
    clients: async () => {
      const lists = await ask(async (client) => String(await client.call('CLIENT', 'LIST')));
      return lists.join('').split(` user=${user} `).length - 1;
    },
    failOver: async (ms) => {
      await stopForwarders();
      await ask((client) => client.flushall());
      await new Promise((resolve) => setTimeout(resolve, ms));
      forwarders = await startForwarders(places, nodes, tls);
    },
  };
}

async function startNodes(places: readonly Place[], { settings = {} }: AppCacheProps): Promise<readonly ValkeyPart[]> {
  const nodes = places.length > 1 ? (await startValkeyCluster(places))?.nodes : [await startValkey({ settings })];
  const found = (nodes ?? []).filter((node) => node !== undefined);
  if (found.length === 0) throw new LocalError(howToGetValkey);
  return found;
}

const startForwarders = (places: readonly Place[], nodes: readonly ValkeyPart[], tls: AppCacheProps['tls']) =>
  Promise.all(places.map(({ address, port }, index) => startForwarder({ address, port, target: nodes[index]?.port ?? 0, tls })));

/** As the user that the server has from its start, who is ours alone. */
async function asDefault<T>({ port }: ValkeyPart, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis({ host: '127.0.0.1', port });
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

function errorStats(info: string): ReadonlyMap<string, number> {
  return new Map(Array.from(info.matchAll(/^errorstat_(\w+):count=(\d+)/gm), ([, name = '', count]) => [name, Number(count)]));
}

/** What a client asks before it works says nothing of keys; the checker's own is among it. */
const aside = new Set([
  'info',
  'auth',
  'hello',
  'client',
  'cluster',
  'ping',
  'acl',
  'flushall',
  'command',
  'select',
  'quit',
  'readonly',
]);

function keyspaceCalls(info: string): number {
  const calls = Array.from(info.matchAll(/^cmdstat_([^:|]+)[^:]*:calls=(\d+)/gm));
  return calls.reduce((total, [, name = '', count]) => total + (aside.has(name) ? 0 : Number(count)), 0);
}

function sum(parts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const [name, count] of parts.flatMap((part) => [...part])) total.set(name, (total.get(name) ?? 0) + count);
  return total;
}
