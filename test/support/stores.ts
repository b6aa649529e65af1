import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import type { StoreConfig } from '../../lib/config/store-config';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { publicKey } from '../constructs/public-key';
import { templatesFolder } from './templates-of-a-run';

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

/** The configuration of a store, with settings of cdk.json on top of a size. */
export function storeConfig(tier: TierName, settings: Readonly<Record<string, unknown>> = {}, store = 'shop'): StoreConfig {
  return loadStoreConfig({ tier, stores: { [store]: { region: 'us-east-1', ...settings } } }, { now });
}

/** Synthesises a store as a deployment would. Only then is the CDK loaded: most tests read a template that is there. */
function synthesize(config: StoreConfig): CloudFormationTemplate {
  const storeApp = require('../../lib/store-app') as typeof import('../../lib/store-app');
  return storeApp.synthesize(config) as CloudFormationTemplate;
}

/** Settings of a store that takes payments, sends e-mails and reports errors. */
export const outsideServices = {
  payments: { stripeSecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf' },
  emailFrom: 'orders@shop.example.com',
  sentryDsn: 'https://0123456789abcdef0123456789abcdef@o123456.ingest.sentry.io/1234567',
  protection: {
    captcha: { provider: 'turnstile', secretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:captcha-AbCdEf' },
  },
} as const;

/** Settings of a store whose files CloudFront serves. */
export const signedFiles = {
  files: {
    signingPublicKey: publicKey,
    signingKeySecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:files-AbCdEf',
  },
} as const;

/** Template of a store; each combination is synthesised once in a run of the tests and must not be changed. */
export function templateOf(
  tier: TierName,
  settings: Readonly<Record<string, unknown>> = {},
  store = 'shop',
): CloudFormationTemplate {
  return onceInThisRun(JSON.stringify([tier, settings, store]), () => synthesize(storeConfig(tier, settings, store)));
}

const made = new Map<string, CloudFormationTemplate>();

/** What takes long to make, made once in a run of the tests for both workers. */
export function onceInThisRun(key: string, make: () => CloudFormationTemplate): CloudFormationTemplate {
  const template = made.get(key) ?? madeInThisRun(key) ?? keep(key, make());
  made.set(key, template);
  return template;
}

/** What this or the other worker has made since the run began. */
function madeInThisRun(key: string): CloudFormationTemplate | undefined {
  const file = fileOf(key);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as CloudFormationTemplate) : undefined;
}

function keep(key: string, template: CloudFormationTemplate): CloudFormationTemplate {
  const file = fileOf(key);
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(template));
  renameSync(unfinished, file); // the other worker sees the whole of it or nothing
  return template;
}

const fileOf = (key: string): string => join(templatesFolder(), `${createHash('sha256').update(key).digest('hex')}.json`);

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
