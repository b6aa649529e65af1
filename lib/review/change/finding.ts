import type { Comparison } from './compare';
import type { PropertyChange, ResourceChange } from './resource-change';
import type { AfterStep, BeforeStep } from './steps';
import type { Block, EffectKind } from './types';

/** What a rule says about a change of a resource. Everything of a review but counts and the way back is put together from these. */
export interface Finding {
  readonly kind: EffectKind;
  readonly text: string;
  readonly part: string;
  readonly resources: readonly string[];
  /** Something is away for so long. */
  readonly downtime?: DowntimeSeconds;
  /** What nobody can take back, in words; those of the effect where `true`. */
  readonly irreversible?: string | true;
  /** Data that is lost, in words. */
  readonly lost?: string;
  /** Why it cannot be deployed; the reason is the effect's words unless it says more. */
  readonly block?: Omit<Block, 'part' | 'resources' | 'reason'> & Partial<Pick<Block, 'reason'>>;
  readonly before?: readonly BeforeStep[];
  readonly after?: readonly AfterStep[];
  /** Not worth a line: counted with the others of the same words. */
  readonly minor?: true;
}

/** Seconds, with their source. */
export interface DowntimeSeconds {
  readonly from: number;
  readonly to: number;
  readonly source: string;
}

/** A finding of one resource, whose part and logical ID are known. */
export type Found = Omit<Finding, 'part' | 'resources'> & Partial<Pick<Finding, 'part' | 'resources'>>;

/** What a rule may look at beside its own resource. */
export interface Scope extends Comparison {
  /** GB that a running instance has, by logical ID, where somebody asked RDS. */
  readonly liveStorageGb: Readonly<Record<string, number>>;
}

export type Find = (change: ResourceChange, scope: Scope) => readonly Found[];

export type FindInProperty = (property: PropertyChange, change: ResourceChange, scope: Scope) => readonly Found[];

/** What the changes of a type of resource do. What is left out is said in general words. */
export interface TypeRules {
  readonly added?: Find;
  readonly removed?: Find;
  /** Another physical resource in its place, which CloudFormation would not refuse and which loses no data. */
  readonly replaced?: Find;
  readonly properties?: Readonly<Record<string, FindInProperty>>;
  /** What AWS refuses of an update in place; then nothing else is said of it. */
  readonly refused?: Find;
  /** What shows in several properties together, when it is updated in place. */
  readonly whole?: Find;
  /** All changes of the type at once, in place of all the above. */
  readonly together?: (changes: readonly ResourceChange[], scope: Scope) => readonly Finding[];
}

export type RuleTable = Readonly<Record<`${string}::${string}`, TypeRules>>;

/** Changed while it runs; nobody notices. @param text what is different then */
export const online =
  (text: string): FindInProperty =>
  () => [{ kind: 'updated', text: `${text}; nothing is interrupted` }];

/** Nothing worth a line. */
export const silent = (): readonly Found[] => [];
