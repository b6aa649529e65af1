import type { StoreConfig } from './config/store-config';
import type { CloudFormationTemplate } from './template/template';

/** Synthesises a store, for commands that may not need to: the CDK is loaded here and not before, since it takes most of a second. */
export function synthesize(config: StoreConfig): CloudFormationTemplate {
  const app = require('./store-app') as typeof import('./store-app');
  return app.synthesize(config);
}
