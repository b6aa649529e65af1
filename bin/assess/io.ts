import type { Clients } from '../../services/assessor/clients';
import type { ProgressOptions } from '../progress';
import type { ReviewIo } from '../review/io';
import type { Terminal } from '../terminal';

/** What the command needs of the process that it runs in; tests give their own. */
export interface AssessIo extends Terminal, ProgressOptions, Pick<ReviewIo, 'now' | 'synthesize'> {
  /** Region of the environment, where it has one. */
  readonly region: string | undefined;
  readonly clients: (region: string | undefined) => Clients;
}

/** An empty variable counts as none: that is how CI and .env files leave what is not set. */
export function regionOfEnvironment({ AWS_REGION, AWS_DEFAULT_REGION }: NodeJS.ProcessEnv): string | undefined {
  return AWS_REGION || AWS_DEFAULT_REGION || undefined;
}
