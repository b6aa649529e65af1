import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Database } from './database';

export interface BackupsProps {
  /** false: the vault alone, so that a store that grows again finds the one that it left. */
  readonly enabled: boolean;
  readonly retentionDays: number;
  readonly key: kms.IKey;
  readonly database: Database;
  readonly buckets: readonly s3.IBucket[];
}

/** Daily copies of database and files in AWS Backup, in a vault that refuses to delete them before their time. */
export class Backups extends Construct {
  readonly vaultName: string;

  constructor(scope: Construct, id: string, props: BackupsProps) {
    super(scope, id);
    const vault = new backup.BackupVault(this, 'Vault', {
      encryptionKey: props.key,
      removalPolicy: RemovalPolicy.RETAIN,
      blockRecoveryPointDeletion: true,
    });
    this.vaultName = vault.backupVaultName;
    if (props.enabled) this.copyDaily(vault, props);
  }

  private copyDaily(vault: backup.IBackupVault, { retentionDays, database, buckets }: BackupsProps): void {
    const plan = new backup.BackupPlan(this, 'Plan', {
      backupVault: vault,
      backupPlanRules: [
        new backup.BackupPlanRule({
          ruleName: 'Daily',
          // UTC; AWS Backup asks to stay out of RDS's own windows (03:00-05:30) and the hour before them
          scheduleExpression: events.Schedule.cron({ hour: '6', minute: '0' }),
          startWindow: Duration.hours(1),
          completionWindow: Duration.hours(8),
          deleteAfter: Duration.days(retentionDays),
        }),
      ],
    });
    plan.addSelection('Stateful', {
      role: this.backupRole(),
      resources: [
        backup.BackupResource.fromRdsDatabaseInstance(database.instance),
        ...buckets.map((bucket) => backup.BackupResource.fromArn(bucket.bucketArn)),
      ],
    });
  }

  /** The stock role may back up databases but not buckets, whose jobs would all fail. */
  private backupRole(): iam.Role {
    return new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AWSBackupServiceRolePolicyForS3Backup')],
    });
  }
}
