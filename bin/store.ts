import { ConfigError } from '../lib/config/config-error';
import { loadStoreConfig } from '../lib/config/load-store-config';
import { nodeVersionProblem } from '../lib/node-version';
import { addStore, createApp } from '../lib/store-app';

/** The CDK app: `cdk deploy --context tier=medium`. */
function main(): void {
  const app = createApp();
  addStore(app, loadStoreConfig(app.node.getAllContext(), { now: new Date() }));
  app.synth();
}

const problem = nodeVersionProblem();
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  try {
    main();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
