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
  replicasClassFirst:
    'Give each replica the new class first, by hand and one after another, and none of them stops replaying: ' +
    'aws rds modify-db-instance --db-instance-identifier … --db-instance-class … --apply-immediately',
  parametersAlone: 'Change the parameters in a deployment of their own: CloudFormation restarts the primary before its replicas',
  shardsAlone:
    'Change the number of shards in a separate deployment, as AWS recommends: a deployment that fails later does not undo it ' +
    '(AWS CloudFormation user guide, UseOnlineResharding)',
  fewerTasks:
    'Check how many tasks run, and deploy while they are no more than the new maximum: aws ecs describe-services --query services[].runningCount',
  elasticIps: `Check that enough Elastic IP addresses are left: the quota is ${quotas.elasticIps.default} in a region`,
  allowLists: 'Notify partners that allow-list the store’s outgoing addresses, such as a payment provider: the addresses change',
  redirect:
    'Prepare a redirect for customers who use the old name: a distribution with a certificate for it. CloudFront gives a name to one ' +
    'distribution at a time, so it gets the name after the deployment',
  emptyQueues: 'Let the worker empty the queues first',
  finishJobs: 'Let your programs finish the jobs first, and add none until the deployment has ended',
  rollback: 'Deploy without --no-rollback: CloudFormation replaces nothing with it (github.com/aws/aws-cdk issue 18578)',
} as const;

/** What to do after a change, in order. */
const after = {
  restart:
    'Restart the database in a low-traffic hour: aws rds reboot-db-instance. Otherwise the next deployment that changes anything of it, ' +
    'tags included, restarts it',
  restartOrder:
    'Restart the replicas before the primary where a value rises, after it where it falls: one that has less than the primary stops replaying',
  replicaLag: 'Watch the replicas’ lag until it is under a second; until then the primary answers reads',
  redirectNow: 'Give the old name to the redirect: aws cloudfront associate-alias, then the DNS records of the name',
  newName: 'Tell whoever calls the old name: the webhook of the payment provider, apps, links in e-mails. Customers log in anew',
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
