import type { Settings } from '../../../../alarms/assessment/change';
import type { CloudFormationTemplate } from '../../../template/template';

/** One part of a template made larger, and the store settings that do the same. */
export interface PartChange {
  readonly template: CloudFormationTemplate;
  /** `maximum API tasks` */
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly settings: Settings;
}

/** The same template with some properties of some resources changed. */
export function withProperties(
  template: CloudFormationTemplate,
  changes: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): CloudFormationTemplate {
  const resources = Object.entries(template.Resources ?? {}).map(([id, resource]) => {
    const change = changes[id];
    const properties = resource.Properties as Readonly<Record<string, unknown>> | undefined;
    return [id, change ? { ...resource, Properties: { ...properties, ...change } } : resource] as const;
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

/** Settings of several changes; the last value of a field counts. */
export function mergedSettings(all: readonly Settings[]): Settings {
  const parts = Map.groupBy(
    all.flatMap((settings) => Object.entries(settings)),
    ([part]) => part,
  );
  return Object.fromEntries(
    [...parts].map(([part, changes]) => [part, Object.assign({}, ...changes.map(([, values]) => values))]),
  );
}
