import type { StoreConfig } from '../../lib/config/store-config';
import type { DeployedClients } from '../../lib/deployed/clients';
import type { CloudFormationTemplate } from '../../lib/template/template';

/** What the command needs of the process that it runs in; tests give their own. */
export interface DeployIo {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly colour: boolean;
  readonly now: () => Date;
  /** Milliseconds without output, after which the command says what it does. */
  readonly progressDelayMs: number;
  /** Context of cdk.json. */
  readonly context: () => Readonly<Record<string, unknown>>;
  readonly synthesize: (config: StoreConfig) => CloudFormationTemplate;
  readonly clients: (region: string) => DeployedClients;
  /** Asks at the terminal; an input that ends is an empty answer. undefined: there is no terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Runs the CDK at this terminal; gives its exit code. */
  readonly cdk: (argv: readonly string[]) => Promise<number>;
}
