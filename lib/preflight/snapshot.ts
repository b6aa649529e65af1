import { type DBSnapshot, DBSnapshotNotFoundFault, DescribeDBSnapshotsCommand } from '@aws-sdk/client-rds';
import { databaseMasterUser } from '../../services/contract';
import type { StoreConfig } from '../config/store-config';
import { type Check, type Finding, fails, holds } from './check';
import { callAws, undefinedOn } from './preflight-error';

/** A mistake would only show after minutes, in the middle of the first deployment. */
export const snapshot: Check = {
  title: 'snapshot',
  run: async ({ rds }, { config }) => {
    const { region, database } = config;
    const { snapshotIdentifier: name } = database;
    if (name === undefined) return [];
    const command = new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: name, IncludeShared: true });
    const answer = await callAws('rds:DescribeDBSnapshots', region, () =>
      rds.send(command).catch(undefinedOn(DBSnapshotNotFoundFault)),
    );
    const [found] = answer?.DBSnapshots ?? [];
    if (!found) {
      const list = `aws rds describe-db-snapshots --region ${region} --query "DBSnapshots[].DBSnapshotIdentifier"`;
      return [fails(`${name} is not in ${region} of this account; a shared one is named by its ARN`, list)];
    }
    const problems = problemsOf(found, name, config);
    return problems.length > 0
      ? problems
      : [holds(`${name}; the database keeps its key for ever, so do not delete it: ${found.KmsKeyId}`)];
  },
};

/** RDS user guide, "Restoring to a DB instance": no less storage, the same engine, no older version. What RDS leaves out is no problem. */
function problemsOf(snapshotInAws: DBSnapshot, name: string, { region, database }: StoreConfig): Finding[] {
  const { Status: status, Engine: engine, EngineVersion: version, AllocatedStorage: gb, MasterUsername: user } = snapshotInAws;
  const major = version?.split('.')[0];
  const own = 'restore the snapshot of a store';
  const problems: Finding[] = [];
  if (engine !== undefined && engine !== 'postgres') problems.push(fails(`${name} is of ${engine}, and not of postgres`, own));
  else if (major !== undefined && major !== database.engineVersion)
    problems.push(
      fails(
        `${name} is of PostgreSQL ${version}, the store has ${database.engineVersion}, and restoring changes no major version`,
        `"postgres": "${major}"`,
      ),
    );
  if (status !== undefined && status !== 'available')
    problems.push(
      fails(`${name} is ${status}`, `aws rds wait db-snapshot-available --region ${region} --db-snapshot-identifier ${name}`),
    );
  if (gb !== undefined && gb > database.storageGb)
    problems.push(
      fails(
        `${name} has ${gb} GB of storage, and the store ${database.storageGb}; RDS restores into no less`,
        `"database": { "storageGb": ${gb} }`,
      ),
    );
  if (user !== undefined && user !== databaseMasterUser)
    problems.push(fails(`${name} has the master user ${user}, and not ${databaseMasterUser}`, own));
  if (snapshotInAws.Encrypted === false)
    problems.push(
      fails(
        `${name} is not encrypted`,
        `aws rds copy-db-snapshot --region ${region} --source-db-snapshot-identifier ${name} --target-db-snapshot-identifier NAME --kms-key-id alias/aws/rds`,
      ),
    );
  return problems;
}
