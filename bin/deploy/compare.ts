import type { DeployedClients } from '../../lib/deployed/clients';
import { readDatabases } from '../../lib/deployed/read-databases';
import type { DeployedStack } from '../../lib/deployed/read-stack';
import { storageLocks } from '../../lib/deployed/storage-locks';
import type { ChangeReview } from '../../lib/review/change/types';
import type { CloudFormationTemplate } from '../../lib/template/template';
import type { TierName } from '../../lib/tiers/tier';
import { monthlyCost } from '../monthly-cost';
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
  /** Databases that are not `available`. */
  readonly notes: readonly string[];
}

/** @throws DeployedError where RDS cannot be read */
export async function compare({ rds }: DeployedClients, compared: Compared): Promise<Comparison> {
  const { stack, target, template: to, deploy, now } = compared;
  const { region, tier } = target.config;
  const { template: from } = stack;
  const databases = await readDatabases(rds, { region, template: from });
  const locks = await storageLocks(rds, { region, databases, from, to, now });

  // The specification of CloudFormation takes most of a second to load: only where there is something to compare.
  const { ChangeReviewer } =
    require('../../lib/review/change/review-change') as typeof import('../../lib/review/change/review-change');
  const [fromName, toName] = sideNames(stack, tier);
  const change = new ChangeReviewer().review({
    from: { name: fromName, region, template: from, usdPerMonth: monthlyCost(from, region, stack.tier ?? tier) },
    to: { name: toName, region, template: to, usdPerMonth: monthlyCost(to, region, tier) },
    deploy,
    liveStorageGb: Object.fromEntries(databases.map(({ logicalId, allocatedGb }) => [logicalId, allocatedGb])),
  });
  return {
    change: locks.length === 0 ? change : { ...change, verdict: 'blocked', blocks: [...change.blocks, ...locks] },
    notes: databases.flatMap(({ identifier, status }) => (status === 'available' ? [] : [`${identifier} is ${status}`])),
  };
}

/** Within a size both sides would have the same name, and no new size is to be pinned. */
function sideNames({ tier: deployed }: DeployedStack, tier: TierName): readonly [from: string, to: string] {
  return deployed === tier ? [`${tier} as deployed`, `${tier} as written`] : [deployed ?? 'deployed', tier];
}
