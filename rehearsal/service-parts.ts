import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startPostgres } from '../bin/local/parts/postgres';
import { asSuperuser } from '../bin/local/parts/postgres-process';
import { makeRds } from '../bin/local/parts/rds';
import { type RunningService, startService } from '../bin/local/parts/service';
import { type Standby, startStandby } from '../bin/local/parts/standby';
import { startStripe } from '../bin/local/parts/stripe';
import type { ValkeyCluster } from '../bin/local/parts/valkey-cluster';
import { findValkey, installValkey } from '../bin/local/parts/valkey-program';
import { seed } from '../bin/local/seed';
import { serviceOutput } from '../bin/local/service-output';
import { databaseMasterUser, databaseName, databaseRoles, environment, localVariables } from '../services/contract';
import { bundleFolder } from '../services/image/bundle-folder';
import { startCache, startCacheCluster } from '../test/services/parts/valkey';
import { type Started, startTogether } from '../test/support/started';
import { RehearsalError } from './commands';
import { type Emulator, folder } from './emulator';
import type { Properties, TaskContainer } from './task';

export type ServiceParts = Awaited<ReturnType<typeof startServiceParts>>;

/** What the services stand on beside AWS: real PostgreSQL and Valkey, and a stand-in of Stripe. All of it ends with this process. */
export const startServiceParts = (emulator: Emulator, webhookSecret: string) =>
  startTogether((started) => build(started, emulator, webhookSecret));

async function build(started: Started, emulator: Emulator, webhookSecret: string) {
  const logs = join(folder, 'services');
  mkdirSync(logs, { recursive: true });
  if ((await findValkey()) === undefined) await installValkey();
  const [database, cache, stripe] = await Promise.all([
    started.use(startPostgres({ logFile: join(logs, 'postgres.log') })),
    started.use(startCache()),
    started.use(startStripe({ webhookSecret })),
  ]);
  const bundle = bundleFolder('services');
  let replica: Standby | undefined;
  let cluster: ValkeyCluster | undefined;
  const databaseHost = `127.0.0.1:${database.port}`;
  const cachePort = (clusterMode: boolean) => (clusterMode ? cluster : cache)?.port;
  /** Hosts that nobody answers at here, of those that the container has. */
  const hosts: Readonly<Record<string, (deployed: string, all: TaskContainer['variables']) => string>> = {
    [environment.databaseHost]: () => databaseHost,
    [environment.databaseDirectHost]: () => databaseHost,
    [environment.databaseReaderHosts]: (all) => all.replaceAll(/[^,]+/g, `127.0.0.1:${replica?.port}`),
    [environment.cacheHost]: (_, all) => `127.0.0.1:${cachePort(all[environment.cacheClusterMode] === 'true')}`,
    [environment.port]: () => '0', // a free one
  };
  /** What Fargate sets, and what stands in for the log-ins by IAM. */
  const local = {
    [environment.region]: 'us-east-1',
    AWS_ENDPOINT_URL: emulator.url.replace('127.0.0.1', 'localhost'), // as its queues are called
    AWS_ACCESS_KEY_ID: 'rehearsal',
    AWS_SECRET_ACCESS_KEY: 'rehearsal',
    AWS_EC2_METADATA_DISABLED: 'true',
    [localVariables.databaseLogin]: 'none',
    [localVariables.cacheLogin]: 'none',
    [localVariables.listenAddress]: '127.0.0.1',
    [localVariables.stripeApi]: stripe.url,
  };
  return {
    stripe,
    /** As RDS makes the instance with these properties. */
    createDatabase: async (instance: Properties) => {
      const { DBName, MasterUsername, MasterUserPassword: password } = instance as Readonly<Record<string, string>>;
      if (MasterUsername !== databaseMasterUser) throw new RehearsalError(`The master of the database is ${MasterUsername}`);
      await makeRds(database, password?.replaceAll("'", "''") ?? ''); // the emulator does not do what ExcludePunctuation says
      await database.sql(`create database ${DBName} owner ${databaseMasterUser}`);
      await database.sql('create extension if not exists pg_stat_statements', [], databaseName);
    },
    seed: () => asSuperuser(database.port, databaseName, seed),
    /** One stands for all that a size has. */
    startReplica: async () => {
      replica = await started.use(startStandby(database, { logFile: join(logs, 'replica.log') }));
    },
    replicaIsAsked: async () => {
      const asked = await replica?.sql('select from pg_stat_activity where usename = $1', [databaseRoles.app]);
      return asked !== undefined && asked.length > 0;
    },
    startCluster: async () => {
      cluster = await started.use(startCacheCluster());
    },
    /** What the API has put there has come to every node that has slots. */
    clusterIsUsed: async () => {
      const counts = await Promise.all((cluster?.nodes ?? []).map(({ port }) => entriesOf(port)));
      return counts.length > 1 && counts.every((count) => count > 0);
    },
    /** Exactly the variables that were deployed; no other has its value from here. @param log name of its file */
    start: ({ program, args, variables }: TaskContainer, log: string): RunningService => {
      const reachable = Object.entries(variables).map(
        ([name, value]) => [name, hosts[name]?.(value, variables) ?? value] as const,
      );
      const output = serviceOutput(logs, log, () => undefined);
      const service = startService(bundle, program, { ...Object.fromEntries(reachable), ...local }, output, args);
      started.defer(async () => {
        service.process.kill('SIGKILL');
        await service.exit;
      });
      return service;
    },
  };
}

async function entriesOf(port: number): Promise<number> {
  const node = new Redis({ host: '127.0.0.1', port });
  return node.dbsize().finally(() => node.disconnect());
}
