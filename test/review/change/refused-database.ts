import { reviewedTemplate } from '../../support/reviewed-templates';
import { templateOf } from '../../support/stores';
import { between, changing, edit, edited, remove, rename, set } from './changed-store';
import { block, type RefusedCase } from './refused-case';

const instance = 'AWS::RDS::DBInstance';
const primary = 'DatabasePrimary';
const primaryId = 'DatabasePrimaryEDE0B3D0';

/** A create-only property of the primary, which has a physical name in every size. */
function createOnly(property: string, value: unknown): RefusedCase {
  return {
    change: `${property} of the database changes`,
    review: () => changing('medium', set(instance, { [property]: value }, primary)),
    blocks: [
      block(
        'database',
        'replaced-under-its-name',
        `${property} can only change in a new resource, and DBInstanceIdentifier shop-database is taken by the old one: CloudFormation refuses`,
        `keep ${property} as it is: it cannot change later`,
        'or restore a snapshot into a new store: "restoreFromSnapshot": "…"',
      ),
    ],
  };
}

export const refusedDatabase: readonly RefusedCase[] = [
  {
    change: 'storage shrinks',
    review: () => changing('medium', set(instance, { AllocatedStorage: '20' }, primary)),
    blocks: [
      block(
        'database',
        'storage-shrinks',
        'storage 100 → 20 GB: RDS never shrinks storage in place',
        '"database": { "storageGb": 100 }',
        'or a database of its own beside it, by a blue/green deployment: docs/changes.md, "Smaller storage"',
      ),
    ],
  },
  {
    change: 'storage grows by less than a tenth', // 100 × 1.1 = 110
    review: () => changing('medium', set(instance, { AllocatedStorage: '105' }, primary)),
    blocks: [
      block(
        'database',
        'storage-grows-too-little',
        'storage 100 → 105 GB: RDS grows storage by 10% or more',
        '"database": { "storageGb": 110 }',
        '"database": { "storageGb": 100 }',
      ),
    ],
  },
  {
    change: 'the running database has grown above the template',
    review: () => between(reviewedTemplate('small'), reviewedTemplate('medium'), { [primaryId]: 150 }),
    blocks: [
      block(
        'database',
        'live-storage-above-template',
        'the running database has 150 GB, the template 100: the deployment would shrink it, which RDS refuses',
        '"database": { "storageGb": 150 }',
      ),
    ],
  },
  {
    change: 'the running database has grown so that the next size is too small a step', // 95 × 1.1 = 104.5
    review: () => between(reviewedTemplate('small'), reviewedTemplate('medium'), { [primaryId]: 95 }),
    blocks: [
      block(
        'database',
        'storage-grows-too-little',
        'storage 95 → 100 GB: RDS grows storage by 10% or more',
        '"database": { "storageGb": 105 }',
        '"database": { "storageGb": 95 }',
      ),
    ],
  },
  createOnly('KmsKeyId', 'alias/aws/rds'),
  createOnly('StorageEncrypted', false),
  createOnly('Port', '5433'),
  createOnly('DBName', 'shop'),
  createOnly('MasterUsername', 'root'),
  createOnly('DBSubnetGroupName', 'other'),
  {
    change: 'the database gets another name',
    review: () => changing('medium', set(instance, { DBInstanceIdentifier: 'shop-new' }, primary)),
    blocks: [
      block(
        'database',
        'data-lost',
        `DBInstanceIdentifier: a new, empty database replaces ${primaryId}; the old one is deleted after a last snapshot`,
        'keep DBInstanceIdentifier as it is',
      ),
    ],
    lost: [`the content of ${primaryId}, except its last snapshot`],
  },
  {
    change: 'the database leaves',
    review: () => changing('medium', remove(instance, primary)),
    blocks: [
      block(
        'database',
        'data-lost',
        `database ${primaryId} is removed from the stack: it is deleted after a last snapshot`,
        `put ${primaryId} back into the template`,
      ),
    ],
    lost: [`the content of ${primaryId}, except its last snapshot`],
  },
  {
    change: 'the database moves to another logical ID',
    review: () => changing('medium', rename(primaryId, 'DatabaseMain')),
    blocks: [
      block(
        'database',
        'name-taken',
        `DBInstanceIdentifier shop-database belongs to ${primaryId}: CloudFormation creates the new one before it deletes the old one`,
        `keep the logical ID ${primaryId}`,
        'or give the new one another name',
      ),
      block(
        'database',
        'data-lost',
        `database ${primaryId} is removed from the stack: it is deleted after a last snapshot`,
        `put ${primaryId} back into the template`,
      ),
    ],
    lost: [`the content of ${primaryId}, except its last snapshot`],
  },
  {
    change: 'automated backups are turned off',
    review: () => changing('medium', set(instance, { BackupRetentionPeriod: 0 }, primary)),
    blocks: [
      block(
        'database',
        'backups-turned-off',
        'backups kept 14 → 0 days: RDS deletes every automated backup',
        '"database": { "backupRetentionDays": 14 }',
      ),
    ],
    lost: ['the automated backups of the database'],
  },
  {
    change: 'PostgreSQL goes to another major without leave',
    review: () => between(templateOf('medium', { postgres: '17' }), templateOf('medium')),
    blocks: [
      block(
        'database',
        'major-upgrade-not-allowed',
        'engine 17 → 18: RDS refuses another major version without AllowMajorVersionUpgrade',
        '"postgres": "17"',
        'restore a snapshot into a new store: "postgres": "18", "restoreFromSnapshot": "…"',
      ),
    ],
  },
  {
    change: 'PostgreSQL goes back to an older version',
    review: () => changing('medium', set(instance, { EngineVersion: '17', AllowMajorVersionUpgrade: true }, primary)),
    blocks: [
      block('database', 'engine-version-down', 'engine 18 → 17: RDS does not go back to an older version', '"postgres": "18"'),
    ],
  },
  {
    change: 'IOPS are asked for below 400 GB',
    review: () => changing('small', set(instance, { Iops: 3000 }, primary)),
    blocks: [block('database', 'iops-below-400-gb', 'Iops for 20 GB: RDS allows that only from 400 GB', 'leave Iops out')],
  },
  {
    change: 'storage grows to 400 GB without IOPS',
    review: () => changing('medium', set(instance, { AllocatedStorage: '400' }, primary)),
    blocks: [
      block(
        'database',
        'iops-missing',
        '400 GB without Iops and StorageThroughput: RDS requires both from 400 GB',
        'Iops: 12000, StorageThroughput: 500',
      ),
    ],
  },
  {
    change: 'RDS is to keep the master password of a database with replicas',
    review: () => changing('medium', set(instance, { ManageMasterUserPassword: true }, primary)),
    blocks: [
      block(
        'database',
        'managed-password-with-replicas',
        'RDS cannot keep the master password of a PostgreSQL database with replicas',
        'leave ManageMasterUserPassword out',
      ),
    ],
  },
  {
    change: 'a replica goes whose deletion policy asks for a snapshot',
    review: () =>
      between(
        edited(
          'medium',
          edit(instance, (_, resource) => (resource.DeletionPolicy = 'Snapshot'), 'Replicas'),
        ),
        edited('medium', remove(instance, 'Replicas')),
      ),
    blocks: [
      block(
        'replicas',
        'replica-with-snapshot',
        'RDS takes no last snapshot of a replica: it cannot be deleted, and is still billed',
        'deploy it with "DeletionPolicy": "Delete" first',
      ),
    ],
  },
  {
    change: 'a replica moves to another logical ID',
    review: () => changing('medium', rename('ReplicasReplica1417A9B32', 'ReplicasOther')),
    blocks: [
      block(
        'replicas',
        'name-taken',
        'DBInstanceIdentifier shop-replica-1 belongs to ReplicasReplica1417A9B32: CloudFormation creates the new one before it deletes the old one',
        'keep the logical ID ReplicasReplica1417A9B32',
        'or give the new one another name',
      ),
    ],
  },
  {
    change: 'the proxy moves to other subnets',
    review: () =>
      changing(
        'medium',
        edit('AWS::RDS::DBProxy', ({ VpcSubnetIds }) => VpcSubnetIds.pop()),
      ),
    blocks: [
      block(
        'proxy',
        'replaced-under-its-name',
        'VpcSubnetIds can only change in a new resource, and DBProxyName shop-proxy is taken by the old one: CloudFormation refuses',
        'keep VpcSubnetIds as it is',
        'or change the name with it, if another name is allowed',
      ),
    ],
  },
];
