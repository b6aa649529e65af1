import facts from './quotas.json';

export type QuotaName = 'fargateVcpu' | 'fargateSpotVcpu' | 'elasticIps';

export interface Quota {
  readonly title: string;
  /** What an ordinary account has in a region before anybody asks for more. */
  readonly default: number;
  readonly serviceCode: string;
  readonly quotaCode: string;
  readonly source: string;
}

/** Quotas of the account that a store of this project can outgrow. */
export const quotas: Readonly<Record<QuotaName, Quota>> = facts;
