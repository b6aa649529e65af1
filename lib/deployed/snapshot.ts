import { type DBSnapshot, DBSnapshotNotFoundFault, DescribeDBSnapshotsCommand, type RDSClient } from '@aws-sdk/client-rds';
import { databaseMasterUser } from '../../services/contract';
import { callAws } from './deployed-error';

/** The database that a first deployment creates from a snapshot. */
interface Restored {
  readonly region: string;
  /** Name or ARN. */
  readonly snapshot: string;
  /** Of the new database. */
  readonly storageGb: number;
  /** Major version of PostgreSQL of the new database. */
  readonly major: string;
}

interface SnapshotCheck {
  readonly problems: readonly SnapshotProblem[];
  /** ARN of the key that the database keeps for its whole life; undefined where there is none. */
  readonly key: string | undefined;
}

/** Why RDS, or the store, would not take the snapshot. */
interface SnapshotProblem {
  /** What AWS has: `has 100 GB of storage`. */
  readonly got: string;
  readonly allowed: string;
  /** Lines to write or to run instead. */
  readonly fix: readonly string[];
}

/**
 * Asks RDS for the snapshot: a mistake would only show after minutes, in the middle of the first deployment. What RDS does not say of it
 * is no problem here.
 * @throws DeployedError where RDS cannot be read
 */
export async function checkSnapshot(client: RDSClient, restored: Restored): Promise<SnapshotCheck> {
  const { region, snapshot: name } = restored;
  const command = new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: name, IncludeShared: true });
  const answer = await callAws('rds:DescribeDBSnapshots', region, () => client.send(command).catch(notFound));
  const [snapshot] = answer?.DBSnapshots ?? [];
  return snapshot
    ? { problems: problemsOf(snapshot, restored), key: snapshot.KmsKeyId }
    : { problems: [missing(restored)], key: undefined };
}

function notFound(error: unknown): undefined {
  if (error instanceof DBSnapshotNotFoundFault) return undefined;
  throw error;
}

function missing({ region, snapshot }: Restored): SnapshotProblem {
  return {
    got: `is ${JSON.stringify(snapshot)}, which is not in ${region} of this account`,
    allowed: 'an RDS snapshot of this region is allowed, a shared one by its ARN',
    fix: [`aws rds describe-db-snapshots --region ${region} --query "DBSnapshots[].DBSnapshotIdentifier"`],
  };
}

/** RDS user guide, "Restoring to a DB instance": no less storage, the same engine, no older version. */
function problemsOf(snapshot: DBSnapshot, { region, snapshot: name, storageGb, major }: Restored): SnapshotProblem[] {
  const { Status: status, Engine: engine, EngineVersion: version, AllocatedStorage: gb, MasterUsername: user } = snapshot;
  const versionOf = version?.split('.')[0];
  const problems: SnapshotProblem[] = [];
  const add = (got: string, allowed: string, fix: string) => problems.push({ got, allowed, fix: [fix] });
  if (engine !== undefined && engine !== 'postgres')
    add(`is a snapshot of ${engine}`, 'one of postgres is allowed', 'restore the snapshot of a store');
  else if (versionOf !== undefined && versionOf !== major)
    add(
      `is of PostgreSQL ${version}`,
      `the store has ${major}, and restoring changes no major version`,
      `"postgres": "${versionOf}"`,
    );
  if (status !== undefined && status !== 'available')
    add(
      `is ${status}`,
      'an available snapshot is allowed',
      `aws rds wait db-snapshot-available --region ${region} --db-snapshot-identifier ${name}`,
    );
  if (gb !== undefined && gb > storageGb)
    add(
      `has ${gb} GB of storage`,
      `the store has ${storageGb}, and no less than the snapshot is allowed`,
      `"database": { "storageGb": ${gb} }`,
    );
  if (user !== undefined && user !== databaseMasterUser)
    add(`has the master user ${user}`, `${databaseMasterUser} is allowed`, 'restore the snapshot of a store');
  if (snapshot.Encrypted === false)
    add(
      'is not encrypted',
      'an encrypted snapshot is allowed',
      `aws rds copy-db-snapshot --region ${region} --source-db-snapshot-identifier ${name} --target-db-snapshot-identifier NAME --kms-key-id alias/aws/rds`,
    );
  return problems;
}
