import type { CloudFormationTemplate } from './template';

/** A template without some of its resources; what refers to them stays as it is. */
export function withoutResources(template: CloudFormationTemplate, ids: readonly string[]): CloudFormationTemplate {
  const resources = Object.entries(template.Resources ?? {}).filter(([id]) => !ids.includes(id));
  return { ...template, Resources: Object.fromEntries(resources) };
}
