import { ChangeReviewer } from '../../../lib/review/change/review-change';
import type { ChangeReview } from '../../../lib/review/change/types';
import type { CloudFormationTemplate } from '../../../lib/template/template';

export type Resources = NonNullable<CloudFormationTemplate['Resources']>;

export function between(from: CloudFormationTemplate, to: CloudFormationTemplate): ChangeReview {
  return new ChangeReviewer().review({
    from: { name: 'before', template: from },
    to: { name: 'after', template: to },
    deploy: 'npx cdk deploy',
  });
}

export const review = (before: Resources, after: Resources) => between({ Resources: before }, { Resources: after });

export const effectsOf = ({ parts }: ChangeReview) =>
  parts.flatMap(({ effects }) => effects.map(({ kind, text }) => `${kind} ${text}`));
export const rulesOf = ({ blocks }: ChangeReview) => blocks.map(({ rule }) => rule);

/** One resource whose properties change. */
export function changed(Type: string, before: Record<string, unknown>, after: Record<string, unknown>): ChangeReview {
  return review({ It: { Type, Properties: before } }, { It: { Type, Properties: after } });
}
