import type { DeployedClients } from '../../lib/deployed/clients';
import type { PreflightInput, PreflightRow } from '../../lib/preflight/check';
import type { ProgressOptions } from '../progress';
import type { ReviewIo } from '../review/io';
import type { Terminal } from '../terminal';

/** What the command needs of the process that it runs in; tests give their own. */
export interface DeployIo extends Terminal, ProgressOptions, Pick<ReviewIo, 'now' | 'context' | 'synthesize'> {
  readonly clients: (region: string) => DeployedClients;
  /** What the account has, before a first deployment. @throws PreflightError */
  readonly preflight: (input: PreflightInput) => Promise<readonly PreflightRow[]>;
  /** Asks at the terminal; an input that ends is an empty answer. undefined: there is no terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** ms between two looks at what CloudFormation is at work on. @default 60,000 */
  readonly watchEveryMs?: number;
  /** Runs the CDK at this terminal; gives its exit code. */
  readonly cdk: (argv: readonly string[]) => Promise<number>;
}
