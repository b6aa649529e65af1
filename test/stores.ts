import { Template } from 'aws-cdk-lib/assertions';
import { loadStoreConfig } from '../lib/config/load-store-config';
import type { StoreConfig } from '../lib/config/store-config';
import { addStore, createApp } from '../lib/store-app';
import { type TierName, tierNames } from '../lib/tiers/tier';

/** A fixed clock: announced drops that have ended leave the configuration. */
const now = new Date('2026-11-20T12:00:00Z');

export interface CloudFormationTemplate {
  Resources: Record<string, CloudFormationResource>;
  Outputs: Record<string, { Value: unknown; Description?: string }>;
  [section: string]: unknown;
}

export interface CloudFormationResource {
  Type: string;
  Properties: Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- a template has no type; tests say what they expect
  DependsOn?: string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  [attribute: string]: unknown;
}

/** The configuration of a store called `shop`, with settings of cdk.json on top of a size. */
export function storeConfig(tier: TierName, settings: Readonly<Record<string, unknown>> = {}): StoreConfig {
  return loadStoreConfig({ tier, stores: { shop: { region: 'us-east-1', ...settings } } }, { now });
}

/** Synthesises a store as a deployment would, into memory of this process. */
function synthesize(config: StoreConfig): CloudFormationTemplate {
  return Template.fromStack(addStore(createApp(), config)).toJSON() as CloudFormationTemplate;
}

const made = new Map<string, CloudFormationTemplate>();

/** Template of a store called `shop`; each combination is synthesised once in a test file and must not be changed. */
export function templateOf(tier: TierName, settings: Readonly<Record<string, unknown>> = {}): CloudFormationTemplate {
  const key = JSON.stringify([tier, settings]);
  const template = made.get(key) ?? synthesize(storeConfig(tier, settings));
  made.set(key, template);
  return template;
}

/** The templates of the four sizes, smallest first. */
export function fourSizes(): readonly (readonly [TierName, CloudFormationTemplate])[] {
  return tierNames.map((tier) => [tier, templateOf(tier)] as const);
}

export function resourcesOf(
  template: CloudFormationTemplate,
  type: string,
): readonly (readonly [string, CloudFormationResource])[] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}
