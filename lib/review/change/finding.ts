import type { Comparison } from './compare';
import type { PropertyChange, ResourceChange } from './resource-change';
import type { AfterStep, BeforeStep, Wait } from './steps';
import type { Block, Downtime, EffectKind } from './types';

/** What a rule says about a change of a resource. Everything of a review but counts and the rollback is put together from these. */
export interface Finding {
  readonly kind: EffectKind;
  readonly text: string;
  readonly part: string;
  readonly resources: readonly string[];
  readonly downtime?: Downtime['seconds'] & Pick<Downtime, 'source'>;
  /** What cannot be undone; `true`: the effect's text says it. */
  readonly irreversible?: string | true;
  /** The data that is lost. */
  readonly lost?: string;
  /** Why it cannot be deployed; the effect's text is the reason. */
  readonly block?: Pick<Block, 'rule' | 'workaround'>;
  readonly waits?: readonly Wait[];
  readonly before?: readonly BeforeStep[];
  readonly after?: readonly AfterStep[];
  /** Not worth a line: counted with the others of the same text. */
  readonly minor?: true;
}

/** A finding of one resource, whose part and logical ID are known. */
export type Found = Omit<Finding, 'part' | 'resources'> & Partial<Pick<Finding, 'part' | 'resources'>>;

type Findings = Found | readonly Found[];

/** What a rule may look at beside its own resource. */
export interface Scope extends Comparison {
  /** GB that a running instance has according to RDS, by logical ID; empty where RDS was not read. */
  readonly liveStorageGb: Readonly<Record<string, number>>;
}

/** What a change always means, or a function that finds it. */
export type Find = Findings | ((change: ResourceChange, scope: Scope) => Findings);

export type FindInProperty = Findings | ((property: PropertyChange, change: ResourceChange, scope: Scope) => Findings);

/** What the changes of a type of resource do. What is left out is described in general terms. */
export interface TypeRules {
  readonly added?: Find;
  readonly removed?: Find;
  /** Another physical resource in its place, which CloudFormation would not refuse and which loses no data. */
  readonly replaced?: Find;
  readonly properties?: Readonly<Record<string, FindInProperty>>;
  /** What AWS refuses of an update in place; its other findings are left out then. */
  readonly refused?: Find;
  /** What shows in several properties together, when it is updated in place. */
  readonly update?: Find;
  /** All changes of the type at once, in place of all the above. */
  readonly together?: (changes: readonly ResourceChange[], scope: Scope) => readonly Finding[];
}

export type RuleTable = Readonly<Record<`${string}::${string}`, TypeRules>>;

/** @param rule stable name: `storage-shrinks` */
export function blocked(rule: string, text: string, ...workaround: readonly string[]): Found {
  return { kind: 'blocked', text, block: { rule, workaround } };
}

export function updated(text: string, more: Partial<Found> = {}): Found {
  return { kind: 'updated', text, ...more };
}

/** Nothing worth a line. */
export const silent: readonly Found[] = [];
