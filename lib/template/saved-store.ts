import { storeNamePattern, storeTag } from '../../services/contract';
import { type TierName, tierNames } from '../tiers/tier';
import { parseTemplate } from './parse-template';
import { regionOf } from './region-of';
import { type CloudFormationTemplate, Template } from './template';

/** The template of a store that was deployed from this project. */
export interface SavedStore {
  readonly template: CloudFormationTemplate;
  readonly store: string;
  readonly tier: TierName;
  /** undefined where the template does not say. */
  readonly region: string | undefined;
}

/** A problem is one line that begins with the name of the file and says what a template of a store has and this one lacks. */
export function readSavedStore(text: string, name: string): SavedStore | { readonly problem: string } {
  const read = parseTemplate(text, name);
  if ('problem' in read) return read;
  const { template } = read;
  const store = storeOf(template);
  const tier = sizeOf(template);
  if (store !== undefined && tier !== undefined) return { template, store, tier, region: regionOf(template) };
  const missing = [
    ...(store === undefined ? [`no resource has the tag ${storeTag}`] : []),
    ...(tier === undefined ? ['it has no output Tier'] : []),
  ];
  return { problem: `${name} is not the template of a store of this project: ${missing.join(', and ')}` };
}

/** All resources of a store carry its name. */
function storeOf(template: CloudFormationTemplate): string | undefined {
  const name = new Template(template).resources.map((resource) => resource.tag(storeTag)).find((tag) => tag !== undefined);
  return name !== undefined && storeNamePattern.test(name) ? name : undefined;
}

/** The size that a template of a store says that it is. */
export function sizeOf({ Outputs = {} }: Pick<CloudFormationTemplate, 'Outputs'>): TierName | undefined {
  return tierNames.find((known) => known === Outputs['Tier']?.Value);
}
