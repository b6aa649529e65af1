/** What happens when a store goes from one template to another, and whether there is a way back. */
export interface ChangeReview {
  /** What each side is called: a size, or a file. */
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
  /** By part of the store, the gravest first; noise such as new revisions of task definitions is left out. */
  readonly parts: readonly PartChange[];
  /** What holds data or addresses and stays as it is, in words: `4 queues, 3 buckets, the secrets, the URL`. */
  readonly unchanged: readonly string[];
  /** Data that the change would lose; empty: none. */
  readonly dataAtRisk: readonly string[];
  readonly downtimes: readonly Downtime[];
  /** What nobody can take back: `storage 20 → 100 GB: it never shrinks`. */
  readonly irreversible: readonly string[];
  /** Why it cannot be deployed, and the way round each; empty unless the verdict is `blocked`. */
  readonly blocks: readonly Block[];
  /** What to do, in order. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly rollback: WayBack;
  /** What it costs more (less: negative); undefined where it was not counted or a price is missing. */
  readonly costChange: CostChange | undefined;
  /** The exact command. */
  readonly deploy: string;
}

/**
 * `interrupts`: something is away for seconds or minutes; `not judged`: something changes that no rule knows, or that only AWS knows;
 * `blocked`: CloudFormation would refuse, or data would be lost.
 */
export type Verdict = 'safe' | 'downtime' | 'not judged' | 'blocked';

export interface PartChange {
  /** As the tag `part` names it. */
  readonly part: string;
  readonly effects: readonly Effect[];
}

/** How grave it is; each output gives it a colour. */
export type Gravity = 'good' | 'plain' | 'warn' | 'bad';

/** What terminal and page call a verdict. */
export const verdictTexts: Readonly<Record<Verdict, { readonly text: string; readonly gravity: Gravity }>> = {
  safe: { text: 'safe', gravity: 'good' },
  downtime: { text: 'safe, with downtime', gravity: 'warn' },
  'not judged': { text: 'not judged', gravity: 'bad' },
  blocked: { text: 'blocked', gravity: 'bad' },
};

/** The gravest first. */
export const effectKinds = [
  'blocked',
  'data-lost',
  'not judged',
  'irreversible',
  'security-regression',
  'failover',
  'restart',
  'replaced',
  'removed',
  'rolling',
  'added',
  'updated',
] as const;

export type EffectKind = (typeof effectKinds)[number];

export const effectGravity: Readonly<Record<EffectKind, Gravity>> = {
  blocked: 'bad',
  'data-lost': 'bad',
  'not judged': 'bad',
  irreversible: 'warn',
  'security-regression': 'warn',
  failover: 'warn',
  restart: 'warn',
  replaced: 'warn',
  removed: 'warn',
  rolling: 'plain',
  added: 'plain',
  updated: 'plain',
};

export interface Effect {
  readonly kind: EffectKind;
  /** In words, with the values of both sides: `db.t4g.micro → db.t4g.medium; 60-120 s of refused writes`. */
  readonly text: string;
  /** Logical ids that it stands for. */
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

export interface WayBack {
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
