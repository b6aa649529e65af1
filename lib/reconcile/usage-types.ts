import { prices } from '../facts/prices';
import { listed } from '../prices/listings';

/** What a row of a bill names: the code of the product, such as `AmazonECS`, and the usage type, such as `USE1-Fargate-ARM-GB-Hours`. */
export interface BilledKind {
  readonly service: string;
  readonly usageType: string;
}

/** A usage type that AWS's bills have and its price list has not, with where it was seen. Read on 2026-11-30. */
interface KnownFromBills {
  readonly service: string;
  readonly usage: readonly string[];
  readonly source: string;
}

const knownFromBills: Readonly<Record<string, KnownFromBills>> = {
  'cloudwatch.dashboard': {
    service: 'AmazonCloudWatch',
    usage: ['DashboardsUsageHour', 'DashboardsUsageHour-Basic'],
    source: 'Amazon CloudWatch user guide, billing and cost: usage types of dashboards',
  },
  'cloudwatch.insights': {
    service: 'AmazonCloudWatch',
    usage: ['CW:ObservationUsage'],
    source: 'bills of clusters with Container Insights, quoted in public repositories: observations of enhanced observability',
  },
};

/** Keys whose rows cannot be told from a bill, and why. A billed row of such a kind is listed as one without a line of the review. */
const withoutUsageType: Readonly<Record<string, string>> = {
  'fargate.spot': 'it is a factor on the price of Fargate: the usage types of Spot have it',
  'waf.challenges': 'the usage type of challenges is not known here',
};

/** A bill has what is charged alone: `RDS:ChargedBackupUsage` is what is above the size of the database. */
export const billedAboveFree: ReadonlySet<string> = new Set(['rds.backup']);

/** The key of a review line whose price is a share of another one. */
export function factorOf(key: string, factor: string): string {
  return `${key} × ${factor}`;
}

/** Fargate's usage types with this before them are of Spot: `EUC1-SpotUsage-Fargate-ARM-vCPU-Hours:perCPU` stands in bills of 2026. */
const spot = 'SpotUsage-';

/** Data transfer stands in the price list as a product of its own, and in bills under the product that sends the data. */
const dataTransfer = 'AWSDataTransfer';

/** The services that a bill names otherwise than the price list does. */
const alsoBilledAs: Readonly<Record<string, readonly string[]>> = {
  AWSELB: ['ElasticLoadBalancing'],
  AmazonECS: ['AWSFargate'],
  AmazonVPC: ['AmazonEC2'],
  AmazonEC2: ['AmazonVPC'],
};

const keysByKind = kindsOfKeys();

/**
 * The price keys that a billed row may be of; several where only the part or the operation tells them apart (backups of RDS and of AWS
 * Backup, Redis and Valkey). Empty where no price of this project has the usage type.
 */
export function priceKeysOf({ service, usageType }: BilledKind): readonly string[] {
  const shortened = withoutRegion(usageType);
  return (
    keysByKind.get(`${service} ${usageType}`) ??
    keysByKind.get(`${service} ${shortened}`) ??
    (service === 'AmazonCloudFront' ? undefined : keysByKind.get(`${dataTransfer} ${shortened}`)) ??
    []
  );
}

/** The kinds that a price key is billed as, or why a bill cannot tell; undefined where nobody has looked. */
export function billedAs(key: string): readonly BilledKind[] | { readonly none: string } | undefined {
  const none = Object.hasOwn(withoutUsageType, key) ? withoutUsageType[key] : undefined;
  if (none !== undefined) return { none };
  const [plain = key, factor] = key.split(' × ');
  const from = Object.hasOwn(knownFromBills, plain) ? knownFromBills[plain] : listed(plain);
  if (from === undefined) return undefined;
  if ('unlisted' in from) return { none: from.unlisted };
  return from.usage.map((usage) => ({ service: from.service, usageType: factor === undefined ? usage : `${spot}${usage}` }));
}

/** `USE1-Fargate-GB-Hours`, `eu-central-1-KMS-Keys`, `Global-WebACLV2`, `US-Requests-Tier2-HTTPS`: the usage type of any region. */
function withoutRegion(usageType: string): string {
  return usageType.replace(/^(?:[A-Z]{2,3}[A-Z0-9]{0,3}|Global|[a-z]{2}(?:-[a-z]+)+-\d)-/, '');
}

function kindsOfKeys(): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  const distinct = new Set(prices.map(({ key }) => key));
  for (const key of [...distinct].flatMap(withSpot)) {
    const kinds = billedAs(key);
    if (kinds === undefined || 'none' in kinds) continue;
    for (const { service, usageType } of kinds)
      for (const name of [service, ...(alsoBilledAs[service] ?? [])]) {
        const kind = `${name} ${usageType}`;
        keys.set(kind, [...(keys.get(kind) ?? []), key]);
      }
  }
  return keys;
}

function withSpot(key: string): readonly string[] {
  return /^fargate\.(arm|x86)\./.test(key) ? [key, factorOf(key, 'fargate.spot')] : [key];
}
