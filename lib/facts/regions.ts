import facts from './regions.json';

export interface ZoneWithout {
  readonly zoneId: string;
  readonly part: string;
  readonly source: string;
}

interface Region {
  readonly name: string;
  readonly place: string;
  /** Zones that a new account gets at the least, three counted at the most. */
  readonly zones: number;
  /** Off until an account turns it on; CloudFront delivers no logs to buckets there. */
  readonly optIn?: boolean;
  /** Zones, by the id that is the same in every account, that lack a part of the store. Of zones that are not here nothing is known. */
  readonly zonesWithout?: readonly ZoneWithout[];
  /** A part of the store whose page of AWS lists its regions without this one. */
  readonly notListed?: { readonly part: string; readonly source: string };
  /** Resource types that CloudFormation refuses there. */
  readonly unknownResourceTypes?: readonly { readonly type: string; readonly source: string }[];
  /** CloudFront's origin-facing addresses as a managed prefix list; missing where fewer than two public sources agree on its id. */
  readonly cloudFrontPrefixList?: { readonly id: string; readonly source: string };
}

const regions: readonly Region[] = facts.regions;

/** Commercial regions; China and GovCloud have other partitions, which the stack does not know. */
export const regionNames: readonly string[] = regions.map(({ name }) => name);

export function regionFacts(name: string): Region | undefined {
  return regions.find((region) => region.name === name);
}

/** Every zone that is known to lack a part of the store, with its region. */
export const zonesWithout: readonly (ZoneWithout & { readonly region: string })[] = regions.flatMap(
  ({ name, zonesWithout: zones = [] }) => zones.map((zone) => Object.assign({ region: name }, zone)),
);

export const budgetType = 'AWS::Budgets::Budget';

/** Whether CloudFormation takes the type in the region, as far as is known. */
export function knowsResourceType(region: string, type: string): boolean {
  return !regionFacts(region)?.unknownResourceTypes?.some((unknown) => unknown.type === type);
}

export const hasBudgets = (region: string): boolean => knowsResourceType(region, budgetType);

/** What a store has to do itself where `hasBudgets` says no. */
export const withoutBudget = (region: string): string =>
  `CloudFormation in ${region} does not know ${budgetType}: the store has no AWS budget → make one in the console of AWS Billing`;

/** CloudFront publishes its metrics, and ACM those of CloudFront's certificate, here alone; an alarm sees only its own region. */
export const edgeRegion = 'us-east-1';
