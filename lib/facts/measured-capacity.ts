import facts from './measured-capacity.json';

/** What `npm run bench` measured of the store's own API. */
export interface MeasuredCapacity {
  readonly source: string;
  readonly date: string;
  readonly machine: { readonly cpu: string };
  /** null: not measured yet. */
  readonly requestsPerSecondPerVcpu: number | null;
}

export const measuredCapacity: MeasuredCapacity = facts;
