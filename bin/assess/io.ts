import type { StoreConfig } from '../../lib/config/store-config';
import type { CloudFormationTemplate } from '../../lib/template/template';
import type { Clients } from '../../services/assessor/clients';
import type { ProgressOptions } from '../progress';
import type { Terminal } from '../terminal';

/** What the command needs of the process that it runs in; tests give their own. */
export interface AssessIo extends Terminal, ProgressOptions {
  readonly now: () => Date;
  /** Region of the environment, where it has one. */
  readonly region: string | undefined;
  readonly clients: (region: string | undefined) => Clients;
  readonly synthesize: (config: StoreConfig) => CloudFormationTemplate;
}

/** An empty variable counts as none: that is how CI and .env files leave what is not set. */
export function regionOfEnvironment({ AWS_REGION, AWS_DEFAULT_REGION }: NodeJS.ProcessEnv): string | undefined {
  return AWS_REGION || AWS_DEFAULT_REGION || undefined;
}
