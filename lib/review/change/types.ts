/** What the change from one template of a store to another does, and whether it can be rolled back. */
export interface ChangeReview {
  /** What each side is called: a size, or a file. */
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
  /** By part of the store, the most serious first; noise such as new revisions of task definitions is left out. */
  readonly parts: readonly PartChange[];
  /** What holds data or addresses and stays as it is: `4 queues, 3 buckets, the secrets, the URL`. */
  readonly unchanged: readonly string[];
  /** Data that the change would lose; empty: none. */
  readonly dataAtRisk: readonly string[];
  readonly downtimes: readonly Downtime[];
  /** What the deployment waits for longer than for anything else, while nothing else can be deployed. Not downtime. */
  readonly waits: readonly string[];
  /** What cannot be undone: `storage 20 → 100 GB: it never shrinks`. */
  readonly irreversible: readonly string[];
  /** Why it cannot be deployed, with workarounds; empty unless the verdict is `blocked`. */
  readonly blocks: readonly Block[];
  /** What to do, in order. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly rollback: Rollback;
  /** The difference in cost, negative where it costs less; undefined where it was not counted or a price is missing. */
  readonly costChange: CostChange | undefined;
  /** The exact command. */
  readonly deploy: string;
}

/**
 * `degraded`: a part is slower for hours; `downtime`: it is unavailable for seconds or minutes; `not judged`: there is no rule for a change, or only AWS knows a value;
 * `blocked`: CloudFormation would refuse it, or data would be lost.
 */
export type Verdict = 'safe' | 'degraded' | 'downtime' | 'not judged' | 'blocked';

export interface PartChange {
  /** As the tag `part` names it. */
  readonly part: string;
  readonly effects: readonly Effect[];
}

/** Each output gives it a colour. */
export type Severity = 'good' | 'plain' | 'warn' | 'bad';

/** What terminal and page call a verdict. */
export const verdictTexts: Readonly<Record<Verdict, { readonly text: string; readonly severity: Severity }>> = {
  safe: { text: 'safe', severity: 'good' },
  degraded: { text: 'safe, slower for hours', severity: 'warn' },
  downtime: { text: 'safe, with downtime', severity: 'warn' },
  'not judged': { text: 'not judged', severity: 'bad' },
  blocked: { text: 'blocked', severity: 'bad' },
};

/** The most serious first. */
export const effectKinds = [
  'blocked',
  'data-lost',
  'not judged',
  'irreversible',
  'security-regression',
  'failover',
  'restart',
  'data-copied',
  'replaced',
  'removed',
  'rolling',
  'added',
  'updated',
] as const;

export type EffectKind = (typeof effectKinds)[number];

export const effectSeverity: Readonly<Record<EffectKind, Severity>> = {
  blocked: 'bad',
  'data-lost': 'bad',
  'not judged': 'bad',
  irreversible: 'warn',
  'security-regression': 'warn',
  failover: 'warn',
  restart: 'warn',
  'data-copied': 'warn',
  replaced: 'warn',
  removed: 'warn',
  rolling: 'plain',
  added: 'plain',
  updated: 'plain',
};

export interface Effect {
  readonly kind: EffectKind;
  /** With the values of both sides: `db.t4g.micro → db.t4g.medium; the standby takes over, writes are refused for 60-120 s`. */
  readonly text: string;
  /** Logical IDs. */
  readonly resources: readonly string[];
}

export interface Downtime {
  readonly part: string;
  readonly text: string;
  readonly seconds: { readonly from: number; readonly to: number };
  /** Where the duration comes from. */
  readonly source: string;
}

export interface Block {
  /** Stable name of the rule: `storage-shrinks`. */
  readonly rule: string;
  readonly part: string;
  readonly resources: readonly string[];
  readonly reason: string;
  /** What to do instead, as lines to paste where there are any. */
  readonly workaround: readonly string[];
}

export interface Rollback {
  readonly verdict: Verdict;
  /** `medium → small is blocked: storage never shrinks` */
  readonly text: string;
  readonly workaround: readonly string[];
}

export interface CostChange {
  readonly fixedUsdPerMonth: number;
  readonly usageUsdPerMonth: number;
  readonly usdPerMonth: number;
}
