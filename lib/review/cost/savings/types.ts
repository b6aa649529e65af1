import type { CloudFormationTemplate } from '../../../template/template';
import type { Overrides } from '../../../tiers/overrides';
import type { MonthlyUsage } from '../../../usage/monthly-usage';
import type { CostLine } from '../bill';

export const savingNames = [
  'Valkey',
  'Database plan',
  'Compute plan',
  'SES à la carte',
  'Compute plan, 3 years',
  'Reserved instances',
  'Reserved instances, 3 years',
  'Reserved nodes',
  'Reserved nodes, 3 years',
  'Spot for the worker',
  'One NAT gateway',
  'Shorter logs',
  'No Container Insights',
  'No diagnostic alarms',
  'No read replicas',
  'No cache replicas',
  'No standby',
  'Graviton',
] as const;

export type SavingName = (typeof savingNames)[number];

/** What the same store would cost less; nothing of it is in the bill, and each is counted alone. */
export interface Saving {
  readonly name: SavingName;
  /** At the most, where AWS says no more than that; 0: the store has it already. @default - not known */
  readonly usdPerMonth?: number;
  /** What to do for it: settings of the store in cdk.json as a line to paste, a command, or a step in a console of AWS. */
  readonly how: string;
  /** What one gives up for it. */
  readonly risk: string;
  /** Whether an outage lasts longer, or is more likely, with it. */
  readonly lowersAvailability: boolean;
  /** Years for which it is paid whatever the store does. @default - none */
  readonly commitmentYears?: number;
  /** What the saving rests on. */
  readonly source: string;
}

/** Savings that are taken together, none of them counted twice. */
export interface SavingsTogether {
  readonly usdPerMonth: number;
  readonly names: readonly SavingName[];
  /** Their settings of the store in cdk.json, a line to paste each. */
  readonly settings: readonly string[];
}

export interface Savings {
  /** Each alone: largest first, those that are not known after them, then what the store has already. */
  readonly savings: readonly Saving[];
  readonly savingsTogether: {
    /** Those that leave the availability as it is. */
    readonly withoutAvailabilityRisk: SavingsTogether;
    readonly all: SavingsTogether;
  };
}

/** A store to be priced. */
export interface PricedStore {
  readonly source: CloudFormationTemplate;
  readonly usage: MonthlyUsage;
}

/** The store with a saving, and the settings or steps that make it so. */
export interface SettingChange {
  readonly store: PricedStore;
  readonly settings: Overrides;
  /** What else there is to do, where the store has no setting for it. */
  readonly steps?: readonly string[];
  /** Logical ids of what is different: where only AWS knows a value of one, the saving is not known. */
  readonly changed: readonly string[];
}

type Described = Pick<Saving, 'name' | 'risk' | 'source'>;

/** A saving that needs no commitment: the store is priced with and without it. */
export interface SettingSaving extends Described {
  readonly lowersAvailability: boolean;
  /** undefined: the store has nothing that it applies to, or has it already. */
  readonly change: (store: PricedStore) => SettingChange | undefined;
}

/** A lower price of what the store has as it is: a commitment, or another plan of a service. */
export interface PriceSaving extends Described {
  readonly commitmentYears?: number;
  /** Whether lines with this price get the lower one. */
  readonly covers: (priceKey: string) => boolean;
  /** USD that a covered line costs less; undefined: not known. */
  readonly savedOn: (line: CostLine, region: string) => number | undefined;
  /** @param lines those that it covers */
  readonly how: (lines: readonly CostLine[], region: string) => string;
}
