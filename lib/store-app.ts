import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Annotations, App, type AppProps } from 'aws-cdk-lib';
import {
  DISABLE_ASSET_STAGING_CONTEXT,
  DISABLE_CREATION_STACK_TRACES,
  DISABLE_LOGICAL_ID_METADATA,
  ENABLE_ADDITIONAL_METADATA_COLLECTION,
} from 'aws-cdk-lib/cx-api';
import { physicalNames } from './config/physical-names';
import type { StoreConfig } from './config/store-config';
import { hasBudgets, withoutBudget } from './facts/regions';
import { acknowledgeFindings } from './nag/acknowledgements';
import { StoreStack } from './store-stack';
import type { CloudFormationTemplate } from './template/template';

/** The flags that the pinned release of the CDK recommends, so that tests and reviews see what a deployment makes. */
function recommendedFlags(): object {
  return JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8')) as object;
}

/** An app without a stack yet; the context of the command line is read when it is made. */
export function createApp(props: AppProps = {}): App {
  return new App({ analyticsReporting: false, autoSynth: false, ...props, context: { ...recommendedFlags(), ...props.context } });
}

/**
 * The store's stack. Its name contains the store's, from which names within CloudFront and Backup are made, and never the size:
 * a change of size updates the same stack.
 */
export function addStore(app: App, config: StoreConfig): StoreStack {
  const stack = new StoreStack(app, physicalNames(config.name).stack, {
    config,
    description: 'Production architecture of an online store',
    env: { region: config.region },
    terminationProtection: config.production,
  });
  acknowledgeFindings(stack, config.name);
  if (hasNoAlarmRecipient(config))
    Annotations.of(stack).addInfoV2('store:no-alarm-recipient', noAlarmRecipientWarning(config.name));
  if (!hasBudgets(config.region)) Annotations.of(stack).addInfoV2('store:no-budget', withoutBudget(config.region));
  for (const notice of config.notices) Annotations.of(stack).addInfoV2('store:notice', notice);
  return stack;
}

/** A production store whose alarms have no recipient. */
function hasNoAlarmRecipient({ production, alerts, alarms }: StoreConfig): boolean {
  const recipients = [alerts.email, alerts.slack, ...alarms.pageActions, ...alarms.ticketActions];
  return production && recipients.every((one) => one === undefined);
}

const noAlarmRecipientWarning = (store: string): string =>
  `No one receives the alarms of ${store} → "alarmEmail": "ops@example.com" beside its "region", or "alarmSlack", or "alarmTopics"`;

/** What the CDK notes beside the template: where each resource was made, and with what. It costs a third of a synthesis. */
export const withoutNotes: AppProps = {
  stackTraces: false,
  treeMetadata: false,
  context: {
    [DISABLE_CREATION_STACK_TRACES]: true,
    [DISABLE_LOGICAL_ID_METADATA]: true,
    [ENABLE_ADDITIONAL_METADATA_COLLECTION]: false,
  },
};

/** Left out where only the template counts: AWS's validation of it and the copies of assets are the deployment's. They cost seconds. */
export const templateOnly: AppProps = {
  ...withoutNotes,
  builtinCloudFormationValidation: false,
  context: { ...withoutNotes.context, [DISABLE_ASSET_STAGING_CONTEXT]: true },
};

/** The template that a deployment would make, and nothing left on the disk. */
export function synthesize(config: StoreConfig): CloudFormationTemplate {
  const outdir = mkdtempSync(join(tmpdir(), 'store-'));
  try {
    const app = createApp({ ...templateOnly, outdir });
    const stack = addStore(app, config);
    return app.synth().getStackArtifact(stack.artifactId).template as CloudFormationTemplate;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
