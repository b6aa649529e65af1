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
  /** true: a deployment works without, and the store does not do what it should. @default false */
  readonly canWait?: boolean;
}

/** The store that is to be deployed. */
export interface PreflightInput {
  readonly config: StoreConfig;
  readonly template: CloudFormationTemplate;
  readonly now: Date;
  /** true: AWS is not asked. @default false */
  readonly offline?: boolean;
}

/** What a check may look at. */
export interface CheckInput extends PreflightInput {
  /** What the store's stack has already: status by physical id. */
  readonly own: Promise<OwnResources>;
}

export type OwnResources = ReadonlyMap<string, string | undefined>;

export interface Check {
  readonly title: string;
  /** Asks AWS, and changes nothing. @throws PreflightError where AWS does not answer */
  readonly run: (clients: PreflightClients, input: CheckInput) => Promise<readonly Finding[]>;
}

/** A row without its title, which is the check's; several where it looks at several things. */
export type Finding = Omit<PreflightRow, 'title'>;

export const holds = (text: string): Finding => ({ verdict: 'holds', text, fix: [] });
export const fails = (text: string, ...fix: readonly string[]): Finding => ({ verdict: 'fails', text, fix });
export const failsLater = (text: string, ...fix: readonly string[]): Finding => ({ verdict: 'fails', text, fix, canWait: true });
export const notKnown = (text: string, ...fix: readonly string[]): Finding => ({ verdict: 'not known', text, fix });

/** What a check says that AWS did not answer. @param subject of several, which one */
export function unanswered({ message }: Error, subject?: string): Finding {
  const [text = '', ...fix] = message.split('\n');
  return notKnown(subject === undefined ? text : `${subject}: ${text}`, ...fix);
}

/** The worst of all: one failure fails, and what is not known leaves it open. */
export function verdictOf(rows: readonly PreflightRow[]): Verdict {
  return (['fails', 'not known'] as const).find((verdict) => rows.some((row) => row.verdict === verdict)) ?? 'holds';
}

/** Whether a deployment would fail. */
export const stopsDeployment = (rows: readonly PreflightRow[]): boolean =>
  rows.some(({ verdict, canWait = false }) => verdict === 'fails' && !canWait);
