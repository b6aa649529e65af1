import facts from './regions.json';

interface Region {
  readonly name: string;
  readonly place: string;
  /** Zones that a new account gets at the least, three counted at the most. */
  readonly zones: number;
  /** Off until an account turns it on; CloudFront delivers no logs to buckets there. */
  readonly optIn?: boolean;
  /** CloudFront's origin-facing addresses as a managed prefix list; missing where fewer than two public sources agree on its id. */
  readonly cloudFrontPrefixList?: { readonly id: string; readonly source: string };
}

const regions: readonly Region[] = facts.regions;

/** Commercial regions; China and GovCloud have other partitions, which the stack does not know. */
export const regionNames: readonly string[] = regions.map(({ name }) => name);

export function regionFacts(name: string): Region | undefined {
  return regions.find((region) => region.name === name);
}

/** CloudFront publishes its metrics, and ACM those of CloudFront's certificate, here alone; an alarm sees only its own region. */
export const edgeRegion = 'us-east-1';
