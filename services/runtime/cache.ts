import { Cluster, Redis } from 'ioredis';
import { signCacheToken } from './cache-token';
import type { CacheSettings } from './environment';
import { describeError, type Logger } from './logger';
import { tokenReuseMs } from './signed-token';

export interface Cache {
  /** Commands fail at once while the cache is away: callers go on without it. */
  readonly client: Redis | Cluster;
  close(): void;
}

/** How connections are protected and logged in. */
export interface CacheSession {
  readonly tls: boolean;
  readonly signToken: () => Promise<string>;
  readonly renewMs: number;
}

function iamSession(settings: CacheSettings): CacheSession {
  return { tls: settings.login === 'iam', signToken: () => signCacheToken(settings), renewMs: tokenReuseMs };
}

/** ms; assumptions. `command` holds for AUTH too, which asks IAM and so takes longer than a read. */
const standardLimits = {
  connect: 2_000,
  command: 1_000,
  disconnect: 500,
  retryCommand: 50,
  retryLogin: 5_000,
  mostRetryDelay: 5_000,
} as const;

export type CacheLimits = { readonly [limit in keyof typeof standardLimits]: number };

/**
 * Connects in the background and stays usable without the cache. ElastiCache ends an IAM session after 12 hours and a
 * token after 15 minutes: one timer signs a new token every ten, gives it to open connections and to later ones.
 * `changes`: limits in ms instead of the standard ones.
 */
export function createCache(
  settings: CacheSettings,
  log: Logger,
  session: CacheSession = iamSession(settings),
  changes: Partial<CacheLimits> = {},
): Cache {
  const limits = { ...standardLimits, ...changes };
  const client = settings.clusterMode ? createCluster(settings, session, limits) : createSingle(settings, session, limits);
  reportChanges(client, log);
  if (client instanceof Cluster) client.on('+node', writeTogether);
  else writeTogether(client);
  const connect = (): void => {
    // A failure is reported by the error event, and the client goes on trying.
    if (client.status === 'wait') client.connect().catch(() => undefined);
  };
  if (settings.login === 'none') {
    connect();
    return { client, close: () => client.disconnect() };
  }

  const login: LogInAs = { user: settings.user, token: undefined };
  if (client instanceof Cluster) client.on('+node', (node: Redis) => prepare(node, login));
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const renew = async (): Promise<void> => {
    let next = session.renewMs;
    try {
      login.token = await session.signToken();
      const nodes = client instanceof Cluster ? client.nodes('all') : [client];
      await Promise.all(nodes.map((node) => renewLogin(node, login)));
    } catch (error) {
      log.warn('Renewing the log-in to the cache failed', describeError(error));
      next = limits.retryLogin;
    }
    if (closed) return;
    if (login.token !== undefined) connect();
    timer = setTimeout(() => void renew(), next);
    timer.unref();
  };
  void renew();
  return {
    client,
    close: () => {
      closed = true;
      clearTimeout(timer);
      client.disconnect();
    },
  };
}

interface LogInAs {
  readonly user: string;
  token: string | undefined;
}

function createSingle(settings: CacheSettings, session: CacheSession, limits: CacheLimits): Redis {
  return new Redis({
    ...settings.endpoint,
    ...nodeOptions(session, limits),
    lazyConnect: true,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => retryDelay(attempt, limits),
    reconnectOnError: (error) => error.message.startsWith('READONLY'), // a failover made this node a replica
  });
}

function createCluster(settings: CacheSettings, session: CacheSession, limits: CacheLimits): Cluster {
  return new Cluster([settings.endpoint], {
    redisOptions: nodeOptions(session, limits),
    lazyConnect: true,
    enableOfflineQueue: false,
    clusterRetryStrategy: (attempt) => retryDelay(attempt, limits),
    // A command for a node that is still being connected to comes again then: within the time limit of whoever reads the cache.
    retryDelayOnFailover: limits.retryCommand,
    // Keeps the nodes' names, which their certificates are for.
    dnsLookup: (address, callback) => callback(null, address),
  });
}

function nodeOptions({ tls }: CacheSession, limits: CacheLimits) {
  return {
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    connectTimeout: limits.connect,
    commandTimeout: limits.command,
    protocol: 2, // logs in by AUTH, the command that renews the session too
    disableClientInfo: true,
    disconnectTimeout: limits.disconnect,
    ...(tls ? { tls: {} } : {}), // verified by the system's roots: ElastiCache's certificates are Amazon's public ones
  } as const;
}

/** Commands of one turn of the event loop go out by one write: a write each costs more than the command (docs/benchmarks.md). */
function writeTogether(node: Redis): void {
  node.on('connect', () => {
    const { stream } = node;
    const write = stream.write.bind(stream) as (...values: unknown[]) => boolean;
    let corked = false;
    const uncork = (): void => {
      corked = false;
      stream.uncork();
    };
    stream.write = (...values: unknown[]): boolean => {
      if (!corked) {
        corked = true;
        stream.cork();
        setImmediate(uncork);
      }
      return write(...values);
    };
  });
}

/** Exponential with full jitter, so that all tasks do not return at once. */
function retryDelay(attempt: number, limits: CacheLimits): number {
  return Math.random() * Math.min(limits.mostRetryDelay, 100 * 2 ** Math.min(attempt, 10));
}

/** Options are read each time a connection opens. */
function prepare(node: Redis, { user, token }: LogInAs): void {
  node.options.username = user;
  if (token !== undefined) node.options.password = token;
}

async function renewLogin(node: Redis, login: LogInAs): Promise<void> {
  prepare(node, login);
  if (node.status === 'ready' && login.token !== undefined) await node.auth(login.user, login.token);
}

/** One line when the cache goes and one when it is back, not one an attempt. */
function reportChanges(client: Redis | Cluster, log: Logger): void {
  let away = false;
  client.on('error', (error: unknown) => {
    if (!away) log.warn('The cache is unavailable', describeError(error));
    away = true;
  });
  client.on('ready', () => {
    log.info('The cache is connected');
    away = false;
  });
}
