import { changeFacts } from '../../facts/changes';

const { elasticIps, rdsStorage, cacheColdMinutes } = changeFacts;

/** What to do before a change, in order. */
const before = {
  quietHour: 'Choose a quiet hour, no drop and no deployment beside it',
  snapshot: 'Take a snapshot of the database: aws rds create-db-snapshot',
  storageLock: `See that the database is available, not in storage-optimization, and that nobody changed its storage in the last ${rdsStorage.lockedHours} hours: RDS refuses it otherwise`,
  replicasFirst: 'Upgrade the replicas first, by hand: RDS refuses a minor version of the primary before',
  shardsAlone:
    'Change the number of shards in a deployment of its own: AWS advises it, since a deployment that fails later does not take shards back (AWS CloudFormation user guide, UseOnlineResharding)',
  elasticIps: `See that Elastic IP addresses are left: the quota is ${elasticIps.quota} a region`,
  allowLists: 'Tell whoever admits the store by its address, such as a payment provider: the addresses that it calls from change',
  pointAway: 'Point the DNS records of what goes elsewhere first',
  emptyQueues: 'Let the worker empty the queues first',
  rollback: 'Deploy without --no-rollback, with which CloudFormation replaces nothing (github.com/aws/aws-cdk issue 18578)',
} as const;

/** What to do after a change, in order. */
const after = {
  restart: 'Restart the database in a quiet hour: parameters that PostgreSQL reads at its start hold only then',
  replicaLag: 'Watch the replicas’ lag until it is under a second; reads go to the primary until then',
  hitRate: `Watch the cache’s hit rate: about ${cacheColdMinutes.most} minutes until it is back; the database carries the reads meanwhile`,
  credits: 'A burstable database starts without CPU credits: its alarm may ring for a day',
  storageNext: `Leave the storage alone for ${rdsStorage.lockedHours} hours`,
  firewall: 'Look at what the firewall refuses, and whether a real customer is among it',
  keptBehind: 'Delete what stayed behind when it is not needed any more: it is still paid',
} as const;

export type BeforeStep = keyof typeof before;
export type AfterStep = keyof typeof after;

export function beforeSteps(names: ReadonlySet<string>): string[] {
  return inOrder(before, names);
}

export function afterSteps(names: ReadonlySet<string>): string[] {
  return inOrder(after, names);
}

function inOrder(table: Readonly<Record<string, string>>, names: ReadonlySet<string>): string[] {
  return Object.entries(table).flatMap(([name, words]) => (names.has(name) ? [words] : []));
}
