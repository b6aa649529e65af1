import { reviewedTemplate } from '../../support/reviewed-templates';
import { type AllowedCase, lowTraffic, rolled } from './allowed-case';
import { between, changing, edited, set, withParameters } from './changed-store';

const instance = 'AWS::RDS::DBInstance';
const primary = 'DatabasePrimary';

const waits =
  'RDS optimises the storage, for hours, at times more than a day; CloudFormation waits until primary and then replicas are available ' +
  'again, and nothing else can be deployed until then';

const singleZone = (...edits: Parameters<typeof edited> extends [unknown, ...infer Edits] ? Edits : never) =>
  edited('medium', set(instance, { MultiAZ: false }, primary), ...edits);

const paused = (was: string, is: string): string =>
  `replicas restart the primary changes first: while it has more max_connections (${was} → ${is}), replicas stop replaying, and the primary answers all reads`;

const replicasFirst =
  'Give each replica the new class first, by hand and one after another, and none of them stops replaying: ' +
  'aws rds modify-db-instance --db-instance-identifier … --db-instance-class … --apply-immediately';

const secret = 'AWS::SecretsManager::Secret';

/** Medium whose services log in by passwords, as far as the review looks. */
const byPassword = () =>
  edited('medium', ...logInByIam(false), (template) => {
    for (const role of ['app', 'worker', 'migrations']) {
      const SecretStringTemplate = JSON.stringify({ username: `store_${role}` });
      template.Resources[`Password${role}`] = { Type: secret, Properties: { GenerateSecretString: { SecretStringTemplate } } };
    }
  });
const logInByIam = (on: boolean) =>
  [primary, 'ReplicasReplica1'].map((id) => set(instance, { EnableIAMDatabaseAuthentication: on }, id));
const refusedAWhile = 'until its tasks are replaced a service keeps its connections and may be refused new ones';

export const allowedDatabase: readonly AllowedCase[] = [
  {
    change: 'services log in by passwords instead of by IAM',
    review: () => between(reviewedTemplate('medium'), byPassword()),
    verdict: 'downtime',
    lines: [
      `database restart log-in by IAM is switched off, services log in by passwords; ${refusedAWhile}`,
      'database added the password of store_app is made; the migrations set it when the first new task starts',
      'database added the password of store_worker is made; the migrations set it when the first new task starts',
      'database added the password of store_migrations is made; the migrations set it when the first new task starts',
      'replicas updated log-in by IAM is switched off, services log in by passwords',
    ],
    downtime: [[60, 900]],
    before: [lowTraffic],
  },
  {
    change: 'services log in by IAM instead of by passwords',
    review: () => between(byPassword(), reviewedTemplate('medium')),
    verdict: 'downtime',
    lines: [
      `database restart log-in by IAM is possible; ${refusedAWhile}`,
      'database removed the password of store_app goes; the migrations take it from the role',
      'database removed the password of store_worker goes; the migrations take it from the role',
      'database removed the password of store_migrations goes; the migrations take it from the role',
      'replicas updated log-in by IAM is possible',
    ],
    downtime: [[60, 900]],
    before: [lowTraffic],
  },
  {
    change: 'storage grows',
    review: () => changing('medium', set(instance, { AllocatedStorage: '200' }, primary)),
    verdict: 'safe',
    lines: ['database irreversible storage 100 → 200 GB; it never shrinks again'],
    waits: [waits],
    before: [
      'Check that the database is available, not in storage-optimization, and that its storage changed fewer than 4 times in the last 24 hours: RDS refuses the change otherwise',
      'Use credentials that last as long as the deployment. Where they end, CloudFormation goes on: aws cloudformation wait stack-update-complete',
    ],
    after: ['RDS takes 4 changes of the storage in 24 hours, and none while it optimises'],
  },
  ...[100, 360].map(
    (gb): AllowedCase => ({
      change: `storage grows from ${gb} GB across the line where RDS stripes it`,
      review: () =>
        between(
          edited('medium', set(instance, { AllocatedStorage: String(gb) }, primary)),
          edited('medium', set(instance, { AllocatedStorage: '400', Iops: 12000, StorageThroughput: 500 }, primary)),
        ),
      verdict: 'degraded',
      lines: [
        `database irreversible storage ${gb} → 400 GB; it never shrinks again`,
        `database data-copied storage ${gb} → 400 GB crosses 400 GB: RDS copies all data to four volumes, and reads and writes are slower for hours`,
      ],
      waits: [waits],
      before: [
        'Cross 400 GB of storage in a deployment of its own, at night and days before anything else: "storageGb" beside the present size',
      ],
    }),
  ),
  {
    change: 'storage grows beyond the line where RDS stripes it',
    review: () => changing('large', set(instance, { AllocatedStorage: '800' }, primary)),
    verdict: 'safe',
    lines: ['database irreversible storage 400 → 800 GB; it never shrinks again'],
    waits: [waits],
  },
  ...(['Iops', 'StorageThroughput'] as const).map(
    (name): AllowedCase => ({
      change: `${name} of the storage alone`,
      review: () => changing('large', set(instance, { [name]: 16_000 }, primary)),
      verdict: 'safe',
      lines: [
        `database updated ${name} ${{ Iops: 12000, StorageThroughput: 500 }[name]} → 16000; no downtime, slower while RDS optimises the storage`,
      ],
      waits: [waits],
      after: ['RDS takes 4 changes of the storage in 24 hours, and none while it optimises'],
    }),
  ),
  {
    change: 'another class with a standby',
    review: () => changing('medium', set(instance, { DBInstanceClass: 'db.m8g.large' }, primary)),
    verdict: 'downtime',
    lines: [
      'database failover db.t4g.medium → db.m8g.large; the standby takes over, writes are refused for 60-120 s',
      paused('about 400', 'about 856'),
    ],
    downtime: [[60, 120]],
    before: ['Take a snapshot of the database: aws rds create-db-snapshot', replicasFirst],
    after: ['Watch the replicas’ lag until it is under a second; until then the primary answers reads'],
  },
  {
    change: 'another class that nobody knows the connections of',
    review: () => changing('medium', set(instance, { DBInstanceClass: 'db.z9.large' }, primary)),
    verdict: 'downtime',
    lines: [
      'database failover db.t4g.medium → db.z9.large; the standby takes over, writes are refused for 60-120 s',
      paused('about 400', 'unknown'),
    ],
    downtime: [[60, 120]],
  },
  {
    change: 'another class whose replicas have it already',
    review: () =>
      between(
        edited('medium', set(instance, { DBInstanceClass: 'db.m8g.large' }, 'Replicas')),
        edited(
          'medium',
          set(instance, { DBInstanceClass: 'db.m8g.large' }, 'Replicas'),
          set(instance, { DBInstanceClass: 'db.m8g.large' }, primary),
        ),
      ),
    verdict: 'downtime',
    lines: ['database failover db.t4g.medium → db.m8g.large; the standby takes over, writes are refused for 60-120 s'],
    downtime: [[60, 120]],
  },
  {
    change: 'another class where the parameter group fixes max_connections',
    review: () =>
      between(
        edited('medium', withParameters('postgres18', { max_connections: '200' })),
        edited(
          'medium',
          withParameters('postgres18', { max_connections: '200' }),
          set(instance, { DBInstanceClass: 'db.m8g.large' }, primary),
        ),
      ),
    verdict: 'downtime',
    lines: ['database failover db.t4g.medium → db.m8g.large; the standby takes over, writes are refused for 60-120 s'],
    downtime: [[60, 120]],
  },
  {
    change: 'another class without a standby',
    review: () => between(singleZone(), singleZone(set(instance, { DBInstanceClass: 'db.m8g.large' }, primary))),
    verdict: 'downtime',
    lines: [
      'database restart db.t4g.medium → db.m8g.large; without a standby the database is unavailable for minutes',
      paused('about 400', 'about 856'),
    ],
    downtime: [[120, 900]],
  },
  {
    change: 'a burstable class',
    review: () => changing('large', set(instance, { DBInstanceClass: 'db.t4g.large' }, primary)),
    verdict: 'downtime',
    lines: ['database failover db.m8g.xlarge → db.t4g.large; the standby takes over, writes are refused for 60-120 s'],
    downtime: [[60, 120]],
    after: ['A burstable database starts without CPU credits: its alarm may fire for a day'],
  },
  {
    change: 'another class of a replica, which interrupts nobody',
    review: () => changing('medium', set(instance, { DBInstanceClass: 'db.m8g.large' }, 'Replicas')),
    verdict: 'safe',
    lines: ['replicas restart db.t4g.medium → db.m8g.large; unavailable for minutes, the primary answers reads meanwhile'],
    after: ['Watch the replicas’ lag until it is under a second; until then the primary answers reads'],
  },
  {
    change: 'the standby goes',
    review: () => between(reviewedTemplate('medium'), singleZone()),
    verdict: 'safe',
    lines: ['database security-regression no standby: from now on a failure or a change of class takes minutes'],
  },
  {
    change: 'a standby comes',
    review: () => between(singleZone(), reviewedTemplate('medium')),
    verdict: 'safe',
    lines: ['database updated a standby in a second zone; no downtime, writes are slower while it is copied'],
    before: [lowTraffic],
  },
  {
    change: 'backups are kept longer, in place though the schema leaves it open',
    review: () => changing('medium', set(instance, { BackupRetentionPeriod: 35 }, primary)),
    verdict: 'safe',
    lines: ['database updated backups kept 14 → 35 days'],
  },
  {
    change: 'backups are turned on',
    review: () => between(edited('small', set(instance, { BackupRetentionPeriod: 0 }, primary)), reviewedTemplate('small')),
    verdict: 'downtime',
    lines: ['database restart backups kept 0 → 7 days; I/O pauses once'],
    downtime: [[5, 300]],
  },
  {
    change: 'PostgreSQL goes to another major with leave',
    review: () => changing('medium', set(instance, { EngineVersion: '19', AllowMajorVersionUpgrade: true }, primary)),
    verdict: 'downtime',
    lines: ['database restart engine 18 → 19; unavailable until primary and replicas are upgraded'],
    downtime: [[600, 3600]],
    before: [lowTraffic, 'Take a snapshot of the database: aws rds create-db-snapshot'],
  },
  {
    change: 'PostgreSQL goes to another minor, which replicas must have first',
    review: () =>
      between(
        edited('medium', set(instance, { EngineVersion: '18.1' }, primary)),
        edited('medium', set(instance, { EngineVersion: '18.10' }, primary)),
      ),
    verdict: 'downtime',
    lines: ['database restart engine 18.1 → 18.10; the database restarts'],
    downtime: [[30, 120]],
    before: ['Upgrade the replicas first, by hand: RDS refuses to upgrade the primary to a minor version before them'],
  },
  {
    change: 'another parameter group',
    review: () => changing('medium', set(instance, { DBParameterGroupName: 'other' }, primary)),
    verdict: 'downtime',
    lines: ['database restart another parameter group; the database restarts'],
    downtime: [[60, 120]],
  },
  {
    change: 'protection from deletion goes',
    review: () => changing('medium', set(instance, { DeletionProtection: false }, primary)),
    verdict: 'safe',
    lines: ['database security-regression no longer protected from deletion: deleting the stack deletes it'],
  },
  {
    change: 'RDS may grow the storage',
    review: () => changing('medium', set(instance, { MaxAllocatedStorage: 500 }, primary)),
    verdict: 'safe',
    lines: [
      'database irreversible RDS may grow the storage automatically, up to 500 GB: before the next change, set "storageGb" to its size',
    ],
  },
  {
    change: 'RDS has grown what the template lets it grow',
    review: () =>
      between(
        edited('medium', set(instance, { MaxAllocatedStorage: 500 }, primary)),
        edited('medium', set(instance, { MaxAllocatedStorage: 500, BackupRetentionPeriod: 20 }, primary)),
        { DatabasePrimaryEDE0B3D0: 150 },
      ),
    verdict: 'safe',
    lines: [
      'database updated backups kept 14 → 20 days',
      'database updated the running database has 150 GB, the template 100; it keeps its size: set "database": { "storageGb": 150 }',
    ],
  },
  {
    change: 'a replica moves to gp2',
    review: () => changing('medium', set(instance, { StorageType: 'gp2' }, 'Replicas')),
    verdict: 'safe',
    lines: ['replicas updated storage type gp3 → gp2; its speed depends on its size and cannot be set'],
    waits: [waits],
  },
  {
    change: 'the proxy gets another name',
    review: () => changing('medium', set('AWS::RDS::DBProxy', { DBProxyName: 'shop-other' })),
    verdict: 'safe',
    lines: [
      'proxy replaced a new one (DBProxyName); services switch as their tasks are replaced, then the old one is deleted',
      ...rolled,
    ],
    before: ['Deploy without --no-rollback: CloudFormation replaces nothing with it (github.com/aws/aws-cdk issue 18578)'],
  },
];
