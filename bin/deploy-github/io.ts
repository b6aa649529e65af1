import type { DeployIo } from '../deploy/io';

/** What the command needs of the job that it runs in; tests give their own. */
export interface GithubIo extends Omit<DeployIo, 'ask'> {
  /** Adds Markdown to the summary of the job. */
  readonly summarize: (markdown: string) => void;
  /** Gives a later job or step a value. */
  readonly output: (name: string, value: string) => void;
  /** Status of the answer to a GET; undefined: there was none. */
  readonly statusOf: (url: string) => Promise<number | undefined>;
  readonly wait: (ms: number) => Promise<void>;
}
