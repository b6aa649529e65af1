/** As `brokenRules`: those of the database. */
export const brokenDatabaseRules: readonly (readonly [rule: string, settings: object, line: string])[] = [
  [
    'database-multi-az',
    { database: { multiAz: false } },
    'stores.acme.database.multiAz is false; every size requires a standby in a second zone → "multiAz": true → "acceptRisk": "the reason why this is safe here", beside "region", to accept it',
  ],
  [
    'database-deletion-protection',
    { database: { deletionProtection: false } },
    'stores.acme.database.deletionProtection is false; every size requires deletion protection → "deletionProtection": true → "acceptRisk": "the reason why this is safe here", beside "region", to accept it',
  ],
  [
    'database-backup-retention',
    { database: { backupRetentionDays: 6 } },
    'stores.acme.database.backupRetentionDays is 6; every size requires 7 days or more → "backupRetentionDays": 7 → "acceptRisk": "the reason why this is safe here", beside "region", to accept it',
  ],
  [
    'database-replicas-need-backups',
    { database: { backupRetentionDays: 0 }, acceptRisk: 'rebuilt every night' },
    'stores.acme.database.backupRetentionDays is 0; 1 or more is needed for database.readReplicas 1: RDS makes replicas from backups → "backupRetentionDays": 7',
  ],
  [
    'database-class-in-region',
    { region: 'eu-west-2', database: { instanceClass: 'db.x2g.large' } },
    'stores.acme.database.instanceClass is "db.x2g.large"; the price list of eu-west-2 does not have this class → "instanceClass": "db.r7i.large" → "acceptRisk": "the reason why this is safe here", beside "region", to accept it',
  ],
  [
    'database-connections',
    { database: { proxy: false, instanceClass: 'db.t4g.small' }, api: { maxTasks: 20 } },
    'stores.acme.database.proxy is false; without the proxy all tasks may open 240 connections and db.t4g.small has about 177 for them → "proxy": true',
  ],
  [
    'database-connections',
    { database: { login: 'password', proxy: false, instanceClass: 'db.t4g.micro' } },
    'stores.acme.database.proxy is false; without the proxy all tasks may open 100 connections and db.t4g.micro has about 71 for them → "proxy": true',
  ],
  [
    'database-iam-needs-memory',
    { database: { instanceClass: 'db.t4g.micro' }, api: { maxTasks: 2 } },
    'stores.acme.database.login is "iam"; AWS requires 300 to 1000 MiB beside the database’s own memory, and db.t4g.micro has 1 GiB → "login": "password" → "acceptRisk": "the reason why this is safe here", beside "region", to accept it',
  ],
  [
    'snapshot-of-the-region',
    { restoreFromSnapshot: 'arn:aws:rds:eu-west-1:111122223333:snapshot:acme' },
    `stores.acme.restoreFromSnapshot is "arn:aws:rds:eu-west-1:111122223333:snapshot:acme"; a snapshot in us-east-1 is allowed; RDS restores only from its own region → aws rds copy-db-snapshot --region us-east-1 --source-region eu-west-1 ..., then the copy's name`,
  ],
  [
    'database-iops-need-storage',
    { database: { storageGb: 399, iops: 20_000 } },
    'stores.acme.database.iops is 20000; none can be given with database.storageGb 399: RDS provisions IOPS of gp3 from 400 GB → "storageGb": 400, which copies all data and never shrinks again; or leave iops out',
  ],
];
