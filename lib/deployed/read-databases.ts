import { type DBInstance, paginateDescribeDBInstances, type RDSClient } from '@aws-sdk/client-rds';
import { type CloudFormationTemplate, Template } from '../template/template';
import { callAws } from './deployed-error';

/** A database of the stack with its present state in RDS. */
export interface LiveDatabase {
  readonly logicalId: string;
  readonly identifier: string;
  /** GiB, with growth that is pending. */
  readonly allocatedGb: number;
  /** `available`, `storage-optimization`, ... */
  readonly status: string;
}

/**
 * Primary and replicas of a deployed template; those that no longer exist in RDS are left out.
 * @throws DeployedError
 */
export async function readDatabases(
  client: RDSClient,
  { region, template }: { readonly region: string; readonly template: CloudFormationTemplate },
): Promise<readonly LiveDatabase[]> {
  const logicalIds = new Map(
    new Template(template)
      .ofType('AWS::RDS::DBInstance')
      .map((database) => [database.text('DBInstanceIdentifier')?.toLowerCase(), database.id] as const),
  );
  const identifiers = [...logicalIds.keys()].filter((identifier) => identifier !== undefined);
  if (identifiers.length === 0) return [];

  const found = await callAws('rds:DescribeDBInstances', region, () => describe(client, identifiers));
  return found.flatMap((database) => liveDatabase(database, logicalIds) ?? []);
}

/** A filter leaves out what does not exist, where a request by name would fail. */
async function describe(client: RDSClient, identifiers: readonly string[]): Promise<DBInstance[]> {
  const filter = { Name: 'db-instance-id', Values: [...identifiers] };
  const found: DBInstance[] = [];
  for await (const page of paginateDescribeDBInstances({ client }, { Filters: [filter] }))
    found.push(...(page.DBInstances ?? []));
  return found;
}

function liveDatabase(database: DBInstance, logicalIds: ReadonlyMap<string | undefined, string>): LiveDatabase | undefined {
  const { DBInstanceIdentifier: identifier, AllocatedStorage: now, PendingModifiedValues: pending } = database;
  const logicalId = logicalIds.get(identifier);
  if (identifier === undefined || logicalId === undefined || now === undefined) return undefined;
  const allocatedGb = Math.max(now, pending?.AllocatedStorage ?? 0);
  return { logicalId, identifier, allocatedGb, status: database.DBInstanceStatus ?? 'unknown' };
}
