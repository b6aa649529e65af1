/** What a charge is for, whatever the format calls it. */
export const chargeCategories = [
  'usage',
  'credit',
  'refund',
  'tax',
  'fee',
  'savings plan fee',
  'savings plan negation',
  'reservation fee',
  'discount',
  'other',
] as const;

export type ChargeCategory = (typeof chargeCategories)[number];

/** Rows of an export that agree in all that is asked of them, summed. */
export interface BilledGroup {
  /** `2026-10`; undefined where the row has no billing period. */
  readonly month?: string | undefined;
  readonly category: ChargeCategory;
  /** Tag `store`. */
  readonly store?: string | undefined;
  /** Tag `part`. */
  readonly part?: string | undefined;
  /** Code of the product, such as `AmazonECS`. */
  readonly service: string;
  /** With its region: `USE1-Fargate-GB-Hours`. */
  readonly usageType: string;
  readonly operation: string;
  readonly unit: string;
  /** USD of AWS's price list for one unit, where the export has it. */
  readonly listUsd?: number | undefined;
  readonly rows: number;
  readonly quantity: number;
  /** What is invoiced for it: unblended or billed cost. */
  readonly usd: number;
  /** First and last moment of use, ISO 8601 to the second, as far as the rows say. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** All rows of an export, counted and summed apart from the groups. */
export interface FileTotal {
  readonly rows: number;
  readonly usd: number;
}

/** What an export has: its groups, and its sums to check them by. */
export interface Export {
  readonly format: string;
  readonly groups: readonly BilledGroup[];
  readonly total: FileTotal;
}
