import type { DeployedClients } from '../../lib/deployed/clients';
import { type Failure, readFailures } from '../../lib/deployed/failures';
import type { NoStack } from '../../lib/deployed/read-stack';
import { readCreated } from '../../lib/deployed/unfinished';
import type { Replacement } from '../../lib/review/change/replacements';
import type { Block } from '../../lib/review/change/types';
import { foundationOf } from '../../lib/template/foundation';
import type { CloudFormationTemplate } from '../../lib/template/template';
import type { Target } from './target';

export interface LastAttempt {
  /** What stopped it. */
  readonly failures: readonly Failure[];
  /** Why it cannot go on from there; empty where it can. */
  readonly blocks: readonly Block[];
}

/**
 * What an unfinished first deployment has left, against the first stage of the next attempt; nothing before the first attempt. While a
 * creation is unfinished CloudFormation replaces nothing, and the CDK would offer to delete the stack instead (aws/aws-cdk issue 30546).
 * @throws DeployedError
 */
export async function lastAttempt(
  { cloudFormation }: DeployedClients,
  { kind }: NoStack,
  { stack, config: { region, tier } }: Target,
  template: CloudFormationTemplate,
): Promise<LastAttempt> {
  if (kind === 'absent') return { failures: [], blocks: [] };
  const names = { region, stack };
  const failures = await readFailures(cloudFormation, names);
  const [from, to] = [foundationOf(await readCreated(cloudFormation, names)), foundationOf(template)];

  // The specification of CloudFormation takes most of a second to load: only where there is something to compare.
  const { ChangeReviewer } =
    require('../../lib/review/change/review-change') as typeof import('../../lib/review/change/review-change');
  const reviewer = new ChangeReviewer();
  const { blocks } = reviewer.review({
    from: { name: 'created', region, template: from },
    to: { name: tier, region, template: to },
    deploy: '',
  });
  const known = new Set(blocks.flatMap(({ resources }) => resources));
  const replaced = reviewer.replacements(from, to).filter(({ id }) => !known.has(id));
  return { failures, blocks: [...blocks, ...blockOf(replaced)] };
}

function blockOf(replaced: readonly Replacement[]): readonly Block[] {
  const [first, ...others] = replaced;
  if (!first) return [];
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return [
    {
      rule: 'unfinished-replacement',
      part: first.part,
      resources: replaced.map(({ id }) => id),
      reason: `${first.id} (${first.properties.join(', ')})${more} would be replaced, and CloudFormation replaces nothing before the first deployment is complete`,
      workaround: [
        'deploy with the former settings, and change them afterwards',
        'or delete what is there: docs/leaving.md, "After a failed first deployment"',
      ],
    },
  ];
}
