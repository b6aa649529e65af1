import { changeFacts } from '../../facts/changes';

const { elasticIps, rdsStorage, cacheColdMinutes } = changeFacts;

/** What to do before a change, in order. */
const before = {
  lowTraffic: 'Pick a low-traffic hour with no drop or deployment scheduled',
  snapshot: 'Take a snapshot of the database: aws rds create-db-snapshot',
  storageLock: `Check that the database is available, not in storage-optimization, and that its storage did not change in the last ${rdsStorage.lockedHours} hours: RDS refuses the change otherwise`,
  replicasFirst: 'Upgrade the replicas first, by hand: RDS refuses a minor version of the primary before',
  shardsAlone:
    'Change the number of shards in a deployment of its own: AWS advises it, since a deployment that fails later does not take shards back (AWS CloudFormation user guide, UseOnlineResharding)',
  elasticIps: `Check that enough Elastic IP addresses are left: the quota is ${elasticIps.quota} in a region`,
  allowLists: 'Tell partners that allow-list the store’s addresses, such as a payment provider: its outgoing addresses change',
  pointAway: 'Point the DNS records of removed names elsewhere first',
  emptyQueues: 'Let the worker empty the queues first',
  rollback: 'Deploy without --no-rollback, with which CloudFormation replaces nothing (github.com/aws/aws-cdk issue 18578)',
} as const;

/** What to do after a change, in order. */
const after = {
  restart: 'Restart the database in a low-traffic hour: PostgreSQL reads some parameters only when it starts',
  replicaLag: 'Watch the replicas’ lag until it is under a second; reads go to the primary until then',
  hitRate: `Watch the cache’s hit rate: about ${cacheColdMinutes.most} minutes until it is back; the database carries the reads meanwhile`,
  credits: 'A burstable database starts without CPU credits: its alarm may go off for a day',
  storageNext: `Leave the storage alone for ${rdsStorage.lockedHours} hours`,
  firewall: 'Check what the firewall blocks, and whether real customers are among it',
  keptBehind: 'Delete what stayed behind when it is no longer needed: it is still billed',
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
  return Object.entries(table).flatMap(([name, text]) => (names.has(name) ? [text] : []));
}
