import facts from './quotas.json';

export type QuotaName =
  | 'fargateVcpu'
  | 'fargateSpotVcpu'
  | 'elasticIps'
  | 'networkInterfaces'
  | 'balancerTargets'
  | 'vpcs'
  | 'natGatewaysPerZone'
  | 'databaseInstances'
  | 'databaseStorageGb'
  | 'cacheNodes'
  | 'distributions'
  | 'vpcOrigins'
  | 'emailsPerSecond'
  | 'emailsPerDay';

export interface Quota {
  readonly title: string;
  /** What an ordinary account has in a region before anybody asks for more. */
  readonly default: number;
  readonly serviceCode?: string;
  readonly quotaCode?: string;
  /** Where it is asked about, for what an account has once and not in each region. */
  readonly region?: string;
  /** How to ask for more where Service Quotas does not take the request. */
  readonly request?: string;
  readonly source: string;
}

/** Quotas of the account that a store of this project can outgrow. */
export const quotas: Readonly<Record<QuotaName, Quota>> = facts;

export const quotaNames = Object.keys(facts) as readonly QuotaName[];
