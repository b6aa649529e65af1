import type { CloudFormationTemplate } from './template';

/** Gives resources some properties, and leaves everything else of a template as it is. */
export function withProperties(
  ids: readonly string[],
  properties: Readonly<Record<string, unknown>>,
): (template: CloudFormationTemplate) => CloudFormationTemplate {
  return (template) => {
    const resources = Object.entries(template.Resources ?? {}).map(([id, resource]) => {
      const own = resource.Properties as Readonly<Record<string, unknown>> | undefined;
      return [id, ids.includes(id) ? { ...resource, Properties: { ...own, ...properties } } : resource] as const;
    });
    return { ...template, Resources: Object.fromEntries(resources) };
  };
}
