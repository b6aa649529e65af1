import { ConfigError } from '../lib/config/config-error';
import { loadStoreConfig } from '../lib/config/load-store-config';
import { addStore, createApp } from '../lib/store-app';
import { refuseStackTags } from './cdk-context';

// The CDK app: `cdk deploy --context tier=medium`.
try {
  refuseStackTags();
  const app = createApp();
  addStore(app, loadStoreConfig(app.node.getAllContext(), { now: new Date() }));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
