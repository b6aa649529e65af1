import type { CacheMode, TierName } from '../../lib/tiers/tier';

/** What a running store consists of, as far as it can be read. */
export interface StoreFacts {
  readonly name: string;
  readonly region: string;
  /** undefined where the primary carries no tag `tier`: then no size and nothing that follows from one can be advised. */
  readonly tier: TierName | undefined;
  /** A class of RDS; something else where nobody can tell, as in the API. */
  readonly databaseClass: string;
  readonly allocatedGb: number;
  readonly replicas: number;
  readonly proxy: boolean;
  /** undefined where no alarm tells it. */
  readonly cacheMode: CacheMode | undefined;
  /** undefined where no alarm tells it. */
  readonly apiMaxTasks: number | undefined;
}
