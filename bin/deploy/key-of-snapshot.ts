import { ConfigError } from '../../lib/config/config-error';
import type { DeployedClients } from '../../lib/deployed/clients';
import { checkSnapshot } from '../../lib/deployed/snapshot';
import type { Target } from './target';

/**
 * ARN of the key that a database created from a snapshot keeps; undefined where none is restored.
 * @throws ConfigError with everything that RDS would refuse; DeployedError where RDS cannot be read
 */
export async function keyOfSnapshot({ rds }: DeployedClients, { config }: Pick<Target, 'config'>): Promise<string | undefined> {
  const { name, region, database } = config;
  const { snapshotIdentifier: snapshot, storageGb, engineVersion: major } = database;
  if (snapshot === undefined) return undefined;
  const { problems, key } = await checkSnapshot(rds, { region, snapshot, storageGb, major });
  if (problems.length === 0) return key;
  const path = `stores.${name}.restoreFromSnapshot`;
  throw new ConfigError(
    `Snapshot ${snapshot} cannot become the database of store "${name}"`,
    problems.map(({ got, allowed, fix }) => ({ rule: 'snapshot', path, got, allowed, fix })),
  );
}
