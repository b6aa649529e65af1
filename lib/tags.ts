import { type Stack, Tags } from 'aws-cdk-lib';
import { storeTag, tierTag } from '../services/contract';
import type { Database } from './constructs/database';
import type { TierName } from './tiers/tier';

/** An attached VPC origin cannot be updated, not even its tags, so it gets none. */
const excludeResourceTypes = ['AWS::CloudFront::VpcOrigin'];

/** Their tags are create-only: they get those that never change, and the owner's would make them anew. */
const tagsForLife = ['AWS::CE::AnomalyMonitor', 'AWS::CE::AnomalySubscription'];

/** Tags everything with the owner's tags, the store and its part, the name of the construct that it stands in: `load-balancer`. */
export function tagParts(stack: Stack, store: string, own: Readonly<Record<string, string>>): void {
  const unchanging = [...excludeResourceTypes, ...tagsForLife];
  for (const [key, value] of Object.entries(own)) Tags.of(stack).add(key, value, { excludeResourceTypes: unchanging });
  Tags.of(stack).add(storeTag, store, { excludeResourceTypes });
  for (const part of stack.node.children) {
    Tags.of(part).add('part', kebabCase(part.node.id), { excludeResourceTypes });
  }
}

/** Only the primary has the size as a tag, where tools read it from a running store; a changed tag interrupts nothing there. */
export function tagTier({ instance }: Database, tier: TierName): void {
  Tags.of(instance).add(tierTag, tier, { includeResourceTypes: ['AWS::RDS::DBInstance'] });
}

function kebabCase(id: string): string {
  return id.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
