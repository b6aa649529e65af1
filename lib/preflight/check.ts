import type { StoreConfig } from '../config/store-config';
import type { CloudFormationTemplate } from '../template/template';
import type { PreflightClients } from './clients';

export type Verdict = 'holds' | 'fails' | 'not known';

/** One thing that a deployment needs. */
export interface PreflightRow {
  readonly title: string;
  readonly verdict: Verdict;
  /** What was found. */
  readonly text: string;
  /** What to do, a line each; empty where it holds. */
  readonly fix: readonly string[];
}

/** The store that is to be deployed. */
export interface PreflightInput {
  readonly config: StoreConfig;
  readonly template: CloudFormationTemplate;
  readonly now: Date;
}

export interface Check {
  readonly title: string;
  /** Asks AWS, and changes nothing. @throws PreflightError where AWS does not answer */
  readonly run: (clients: PreflightClients, input: PreflightInput) => Promise<readonly Finding[]>;
}

/** A row without its title, which is the check's; several where it looks at several things. */
export type Finding = Omit<PreflightRow, 'title'>;

export const holds = (text: string): Finding => ({ verdict: 'holds', text, fix: [] });
export const fails = (text: string, ...fix: readonly string[]): Finding => ({ verdict: 'fails', text, fix });
export const notKnown = (text: string, ...fix: readonly string[]): Finding => ({ verdict: 'not known', text, fix });

/** What a check says that AWS did not answer. */
export const unanswered = ({ message }: Error): Finding => notKnown(...(message.split('\n') as [string, ...string[]]));

/** The worst of all: one failure fails, and what is not known leaves it open. */
export function verdictOf(rows: readonly PreflightRow[]): Verdict {
  return (['fails', 'not known'] as const).find((verdict) => rows.some((row) => row.verdict === verdict)) ?? 'holds';
}
