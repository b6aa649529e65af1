import { type Event, paginateDescribeEvents, type RDSClient } from '@aws-sdk/client-rds';
import { changeFacts } from '../facts/changes';
import { storageLock } from '../facts/storage-lock';
import type { Block } from '../review/change/types';
import { type CloudFormationTemplate, Template } from '../template/template';
import { callAws } from './deployed-error';
import type { LiveDatabase } from './read-databases';

const { changesPerDay } = changeFacts.rdsStorage;
const dayMs = 24 * 3_600_000;

interface NextDeployment {
  readonly region: string;
  readonly databases: readonly LiveDatabase[];
  /** What is deployed, and what would be. */
  readonly from: CloudFormationTemplate;
  readonly to: CloudFormationTemplate;
  readonly now: Date;
}

/**
 * Databases whose storage a deployment would change while RDS still refuses it. RDS does not guarantee its events, so a lock that
 * only an event shows may be missed (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/working-with-events.html).
 * @throws DeployedError
 */
export async function storageLocks(client: RDSClient, next: NextDeployment): Promise<readonly Block[]> {
  const [from, to] = [new Template(next.from), new Template(next.to)];
  const changing = next.databases.filter((database) => changesStorage(database, from, to));
  const blocks: Block[] = [];
  for (const database of changing) blocks.push(...(await lockOn(client, next, database)));
  return blocks;
}

/** Beside the size of the storage, what RDS counts as a change of it. */
const speed = ['Iops', 'StorageThroughput', 'StorageType'] as const;

function changesStorage({ logicalId, allocatedGb }: LiveDatabase, from: Template, to: Template): boolean {
  const [before, after] = [from, to].map((template) => template.withId(logicalId));
  if (before === undefined || after === undefined) return false; // removed
  const grows = (after.number('AllocatedStorage') ?? allocatedGb) > allocatedGb;
  return grows || speed.some((property) => before.text(property) !== after.text(property));
}

async function lockOn(client: RDSClient, next: NextDeployment, database: LiveDatabase): Promise<Block[]> {
  const { identifier, status } = database;
  if (status === storageLock.status) {
    const wait = `aws rds wait db-instance-available --db-instance-identifier ${identifier}`;
    return [block(database, 'it is still optimising after the last one', wait)];
  }
  const dayAgo = next.now.getTime() - dayMs;
  const changes = (await changesOfStorage(client, next.region, identifier)).filter((moment) => moment > dayAgo);
  const oldestThatCounts = changes.toSorted((one, other) => other - one)[changesPerDay - 1];
  if (oldestThatCounts === undefined) return [];
  const moment = `${new Date(oldestThatCounts + dayMs).toISOString().slice(11, 16)} UTC`;
  return [block(database, `it changed ${changes.length} times in the last 24 hours`, `run the same command after ${moment}`)];
}

/** Times of changes that RDS finished in the last 24 hours, in milliseconds since 1970; only those of its size write an event that we know. */
async function changesOfStorage(client: RDSClient, region: string, identifier: string): Promise<readonly number[]> {
  const query = { SourceType: 'db-instance', SourceIdentifier: identifier, Duration: 24 * 60 } as const;
  const found: Event[] = [];
  await callAws('rds:DescribeEvents', region, async () => {
    for await (const page of paginateDescribeEvents({ client }, query)) found.push(...(page.Events ?? []));
  });
  return found.flatMap(({ Message: message = '', Date: moment }) =>
    moment && storageLock.finished.test(message) ? moment.getTime() : [],
  );
}

function block({ logicalId, identifier }: LiveDatabase, why: string, workaround: string): Block {
  return {
    rule: 'storage-locked',
    part: 'database',
    resources: [logicalId],
    reason: `RDS refuses another change of the storage of ${identifier}: ${why}`,
    workaround: [workaround],
  };
}
