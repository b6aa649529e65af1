import type { DeployedClients } from '../../lib/deployed/clients';
import { type LiveDatabase, readDatabases } from '../../lib/deployed/read-databases';
import type { DeployedStack } from '../../lib/deployed/read-stack';
import { storageLocks } from '../../lib/deployed/storage-locks';
import type { ChangeReview } from '../../lib/review/change/types';
import type { Cost } from '../../lib/review/text/money';
import type { CloudFormationTemplate } from '../../lib/template/template';
import type { TierName } from '../../lib/tiers/tier';
import { costOfDeployed, costOfTarget } from './costs';
import type { Target } from './target';

interface Compared {
  readonly stack: DeployedStack;
  readonly target: Target;
  readonly template: CloudFormationTemplate;
  /** The command that deploys it. */
  readonly deploy: string;
  readonly now: Date;
}

export interface Comparison {
  readonly change: ChangeReview;
  /** What RDS says of the databases now, where it is more than that they are available. */
  readonly notes: readonly string[];
}

/** What a deployment changes of a deployed stack. @throws DeployedError where RDS does not tell about its databases */
export async function compare({ rds }: DeployedClients, compared: Compared): Promise<Comparison> {
  const { stack, target, template: to, deploy, now } = compared;
  const { region, tier } = target.config;
  const { template: from } = stack;
  const databases = await readDatabases(rds, { region, template: from });
  const locks = await storageLocks(rds, { region, databases, from, to, now });

  // The specification of CloudFormation takes most of a second to load: only where there is something to compare.
  const { reviewChange } =
    require('../../lib/review/change/review-change') as typeof import('../../lib/review/change/review-change');
  const [fromName, toName] = sideNames(stack, tier);
  const change = reviewChange({
    from: { name: fromName, template: from, ...priced(costOfDeployed(stack, target)) },
    to: { name: toName, template: to, ...priced(costOfTarget(target, to)) },
    region,
    deploy,
    live: { allocatedStorageGb: Object.fromEntries(databases.map(({ logicalId, allocatedGb }) => [logicalId, allocatedGb])) },
  });
  return {
    change: locks.length === 0 ? change : { ...change, verdict: 'blocked', blocks: [...change.blocks, ...locks] },
    notes: databases.flatMap(note),
  };
}

/** Within a size its name alone would stand on both sides, and nothing is to be pinned anew. */
function sideNames({ tier: deployed }: DeployedStack, tier: TierName): readonly [from: string, to: string] {
  return deployed === tier ? [`${tier} as deployed`, `${tier} as written`] : [deployed ?? 'deployed', tier];
}

function priced(usd: Cost | undefined): { usdPerMonth?: Cost } {
  return usd === undefined ? {} : { usdPerMonth: usd };
}

function note({ identifier, status }: LiveDatabase): string[] {
  return status === 'available' ? [] : [`RDS says of ${identifier}: ${status}`];
}
