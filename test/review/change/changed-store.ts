import { ChangeReviewer } from '../../../lib/review/change/review-change';
import type { ChangeReview } from '../../../lib/review/change/types';
import type { TierName } from '../../../lib/tiers/tier';
import { reviewedTemplate } from '../../support/reviewed-templates';
import { type CloudFormationResource, type CloudFormationTemplate, resourcesOf } from '../../support/stores';

export type Edit = (template: CloudFormationTemplate) => void;

/** The template of a size with some edits, in a copy. */
export function edited(tier: TierName, ...edits: readonly Edit[]): CloudFormationTemplate {
  const template = structuredClone(reviewedTemplate(tier));
  for (const apply of edits) apply(template);
  return template;
}

/** Edits the first resource of a type, or the first whose logical ID begins so. */
export function edit(
  type: string,
  change: (properties: CloudFormationResource['Properties'], resource: CloudFormationResource) => void,
  idStartsWith = '',
): Edit {
  return (template) => {
    const found = resourcesOf(template, type).find(([id]) => id.startsWith(idStartsWith));
    if (!found) throw new Error(`nothing to edit: no ${type} ${idStartsWith}`);
    change((found[1].Properties ??= {}), found[1]);
  };
}

export function set(type: string, properties: Readonly<Record<string, unknown>>, idStartsWith = ''): Edit {
  return edit(type, (own) => Object.assign(own, properties), idStartsWith);
}

/** The group that primary and replicas share. */
export function withParameters(family: string, parameters: Readonly<Record<string, string>>): Edit {
  return set('AWS::RDS::DBParameterGroup', { Family: family, Parameters: parameters });
}

export function remove(type: string, idStartsWith = ''): Edit {
  return (template) => {
    const found = resourcesOf(template, type).find(([id]) => id.startsWith(idStartsWith));
    if (!found) throw new Error(`nothing to remove: no ${type} ${idStartsWith}`);
    delete template.Resources[found[0]];
  };
}

export function rename(from: string, to: string): Edit {
  return (template) => {
    const resource = template.Resources[from];
    if (!resource) throw new Error(`nothing to rename: no ${from}`);
    delete template.Resources[from];
    template.Resources[to] = resource;
  };
}

/** From one template to another, both called by no size, so that nothing is to be pinned. */
export function between(
  from: CloudFormationTemplate,
  to: CloudFormationTemplate,
  liveStorageGb?: Readonly<Record<string, number>>,
): ChangeReview {
  return new ChangeReviewer().review({
    from: { name: 'before', template: from },
    to: { name: 'after', template: to },
    deploy: 'npx cdk deploy',
    ...(liveStorageGb && { liveStorageGb }),
  });
}

/** From a size as it is to the same size with edits. */
export function changing(tier: TierName, ...edits: readonly Edit[]): ChangeReview {
  return between(reviewedTemplate(tier), edited(tier, ...edits));
}

/** Every effect in a line: `database failover db.t4g.micro → db.t4g.medium; …`. */
export function lines(review: ChangeReview): string[] {
  return review.parts.flatMap(({ part, effects }) => effects.map(({ kind, text }) => `${part} ${kind} ${text}`));
}
