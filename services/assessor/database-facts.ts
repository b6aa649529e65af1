import { DescribeDBInstancesCommand, type RDSClient } from '@aws-sdk/client-rds';
import type { StoreFacts } from '../../alarms/assessment/store-facts';
import { limits } from '../../lib/facts/limits';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { storeNames, tierTag } from '../contract';
import { AssessorError, callAws } from './assessor-error';

type DatabaseFacts = Pick<StoreFacts, 'tier' | 'databaseClass' | 'allocatedGb' | 'replicas'>;

/**
 * What RDS tells about a store's primary, which also names its replicas and carries the size as a tag.
 * @throws AssessorError without a primary of the store's name
 */
export async function readDatabaseFacts(client: RDSClient, region: string, store: string): Promise<DatabaseFacts> {
  const { databaseInstance: identifier, databaseReplica } = storeNames(store);
  const answer = await callAws('rds:DescribeDBInstances', region, () =>
    client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier })).catch(absent),
  );
  const primary = answer?.DBInstances?.[0];
  if (primary?.DBInstanceClass === undefined || primary.AllocatedStorage === undefined) {
    throw new AssessorError(
      'no-database',
      `${region} has alarms of the store ${store}, but no database ${identifier}; check that the stack is complete`,
    );
  }
  const replicas = Array.from({ length: limits.rdsReadReplicas.most }, (_, index) => databaseReplica(index + 1));
  const tag = primary.TagList?.find(({ Key }) => Key === tierTag)?.Value;
  return {
    tier: tierNames.find((name): name is TierName => name === tag),
    databaseClass: primary.DBInstanceClass,
    allocatedGb: primary.AllocatedStorage,
    replicas: replicas.filter((name) => primary.ReadReplicaDBInstanceIdentifiers?.includes(name)).length,
  };
}

function absent(error: unknown): undefined {
  if (error instanceof Error && error.name.startsWith('DBInstanceNotFound')) return undefined;
  throw error;
}
