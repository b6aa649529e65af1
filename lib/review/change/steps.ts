import { changeFacts } from '../../facts/changes';
import { quotas } from '../../facts/quotas';

const { rdsStorage, rdsStorageOptimization, rdsStripes, cacheColdMinutes } = changeFacts;

/** What a deployment waits for. */
const waits = {
  storageOptimization:
    `RDS optimises the storage, for ${rdsStorageOptimization.lasts}; CloudFormation waits until primary and then replicas are available ` +
    'again, and nothing else can be deployed until then',
} as const;

/** What to do before a change, in order. */
const before = {
  lowTraffic: 'Pick a low-traffic hour with no drop or deployment scheduled',
  snapshot: 'Take a snapshot of the database: aws rds create-db-snapshot',
  storageLock:
    'Check that the database is available, not in storage-optimization, and that its storage changed fewer than ' +
    `${rdsStorage.changesPerDay} times in the last 24 hours: RDS refuses the change otherwise`,
  storageAlone: `Cross ${rdsStripes.fromGb} GB of storage in a deployment of its own, at night and days before anything else: "storageGb" beside the present size`,
  credentials:
    'Use credentials that last as long as the deployment. Where they end, CloudFormation goes on: aws cloudformation wait stack-update-complete',
  replicasFirst: 'Upgrade the replicas first, by hand: RDS refuses to upgrade the primary to a minor version before them',
  shardsAlone:
    'Change the number of shards in a separate deployment, as AWS recommends: a deployment that fails later does not undo it ' +
    '(AWS CloudFormation user guide, UseOnlineResharding)',
  elasticIps: `Check that enough Elastic IP addresses are left: the quota is ${quotas.elasticIps.default} in a region`,
  allowLists: 'Notify partners that allow-list the store’s outgoing addresses, such as a payment provider: the addresses change',
  pointAway: 'Point the DNS records of removed names elsewhere first',
  emptyQueues: 'Let the worker empty the queues first',
  rollback: 'Deploy without --no-rollback: CloudFormation replaces nothing with it (github.com/aws/aws-cdk issue 18578)',
} as const;

/** What to do after a change, in order. */
const after = {
  restart: 'Restart the database in a low-traffic hour: PostgreSQL reads some parameters only at start',
  replicaLag: 'Watch the replicas’ lag until it is under a second; until then the primary answers reads',
  hitRate: `Watch the cache’s hit rate until it recovers, in about ${cacheColdMinutes.most} minutes; until then the database has more reads`,
  credits: 'A burstable database starts without CPU credits: its alarm may fire for a day',
  storageNext: `RDS takes ${rdsStorage.changesPerDay} changes of the storage in 24 hours, and none while it optimises`,
  firewall: 'Check which requests the firewall blocks, and whether real customers are among them',
  keptBehind: 'Delete what was kept outside the stack when it is no longer needed: it is still billed',
} as const;

export type Wait = keyof typeof waits;
export type BeforeStep = keyof typeof before;
export type AfterStep = keyof typeof after;

export const waitTexts = (names: ReadonlySet<string>): string[] => inOrder(waits, names);

export const beforeSteps = (names: ReadonlySet<string>): string[] => inOrder(before, names);

export const afterSteps = (names: ReadonlySet<string>): string[] => inOrder(after, names);

function inOrder(table: Readonly<Record<string, string>>, names: ReadonlySet<string>): string[] {
  return Object.entries(table).flatMap(([name, text]) => (names.has(name) ? [text] : []));
}
