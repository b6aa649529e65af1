import type { Settings } from '../../../../alarms/assessment/change';
import type { CloudFormationTemplate } from '../../../template/template';

/** One part of a template made larger, and the store settings that do the same. */
export interface PartChange {
  readonly apply: (template: CloudFormationTemplate) => CloudFormationTemplate;
  /** `maximum API tasks` */
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly settings: Settings;
}

/** Gives resources some properties, and leaves everything else of a template as it is. */
export function withProperties(ids: readonly string[], properties: Readonly<Record<string, unknown>>): PartChange['apply'] {
  return (template) => {
    const resources = Object.entries(template.Resources ?? {}).map(([id, resource]) => {
      const own = resource.Properties as Readonly<Record<string, unknown>> | undefined;
      return [id, ids.includes(id) ? { ...resource, Properties: { ...own, ...properties } } : resource] as const;
    });
    return { ...template, Resources: Object.fromEntries(resources) };
  };
}

/** Settings of several changes; the last value of a field counts. */
export function mergedSettings(all: readonly Settings[]): Settings {
  const merged: Record<string, object> = {};
  for (const [part, values] of all.flatMap((settings) => Object.entries(settings))) merged[part] = { ...merged[part], ...values };
  return merged;
}
