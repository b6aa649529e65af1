import { ConfigError } from '../lib/config/config-error';
import { loadStoreConfig } from '../lib/config/load-store-config';
import { keepFoundation } from '../lib/first-stage';
import { addStore, createApp, synthesize } from '../lib/store-app';
import { refuseStackTags } from './cdk-context';

// The CDK app: `cdk deploy --context tier=medium`.
try {
  refuseStackTags();
  const app = createApp();
  const context = app.node.getAllContext();
  const config = loadStoreConfig(context, { now: new Date() });
  const stack = addStore(app, config);
  if (context['stage'] !== undefined) keepFoundation(stack, synthesize(config));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
