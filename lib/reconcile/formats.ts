import type { ChargeCategory } from './billed';

/**
 * Columns of AWS's exports. Sources, read on 2026-11-30: docs.aws.amazon.com/cur/latest/userguide Lineitem-columns,
 * table-dictionary-cur2-line-item, -pricing, -resource-tags, table-dictionary-focus-1-0-aws, -focus-1-2-aws and -focus-1-2-migrating
 * (1.2 names the usage type SkuMeter, and has no x_UsageType).
 */
export interface Format {
  readonly name: string;
  /** A column that no other format has. */
  readonly sign: string;
  /** What is read, and the columns that hold it, the preferred one first. */
  readonly columns: Readonly<Record<RequiredColumn, readonly string[]>>;
  readonly optional: Readonly<Record<OptionalColumn, readonly string[]>>;
  /** Columns that hold one tag; `{}` is its name. */
  readonly tagColumns: readonly string[];
  /** Columns that hold all tags, as a map or as JSON. */
  readonly tagMaps: readonly string[];
  readonly categories: Readonly<Record<string, ChargeCategory>>;
}

export type RequiredColumn = 'period' | 'category' | 'service' | 'usageType' | 'quantity' | 'usd' | 'from' | 'to';
export type OptionalColumn = 'operation' | 'unit' | 'listUsd' | 'currency';

const lineItemTypes: Format['categories'] = {
  Usage: 'usage',
  DiscountedUsage: 'usage',
  SavingsPlanCoveredUsage: 'usage',
  SavingsPlanNegation: 'savings plan negation',
  SavingsPlanRecurringFee: 'savings plan fee',
  SavingsPlanUpfrontFee: 'savings plan fee',
  RIFee: 'reservation fee',
  Fee: 'fee',
  Credit: 'credit',
  Refund: 'refund',
  Tax: 'tax',
  Discount: 'discount',
  BundledDiscount: 'discount',
  EdpDiscount: 'discount',
  PrivateRateDiscount: 'discount',
  RiVolumeDiscount: 'discount',
  SppDiscount: 'discount',
};

const cur2Columns = {
  columns: {
    period: ['bill_billing_period_start_date'],
    category: ['line_item_line_item_type'],
    service: ['line_item_product_code'],
    usageType: ['line_item_usage_type'],
    quantity: ['line_item_usage_amount'],
    usd: ['line_item_unblended_cost'],
    from: ['line_item_usage_start_date'],
    to: ['line_item_usage_end_date'],
  },
  optional: {
    operation: ['line_item_operation'],
    unit: ['pricing_unit'],
    listUsd: ['pricing_public_on_demand_rate'],
    currency: ['line_item_currency_code'],
  },
  tagColumns: ['resource_tags_user_{}', 'resource_tags.user_{}', 'resource_tags_{}'],
  tagMaps: ['resource_tags', 'tags'],
  categories: lineItemTypes,
} as const;

export const formats: readonly Format[] = [
  {
    name: 'Cost and Usage Report',
    sign: 'lineItem/LineItemType',
    columns: {
      period: ['bill/BillingPeriodStartDate'],
      category: ['lineItem/LineItemType'],
      service: ['lineItem/ProductCode'],
      usageType: ['lineItem/UsageType'],
      quantity: ['lineItem/UsageAmount'],
      usd: ['lineItem/UnblendedCost'],
      from: ['lineItem/UsageStartDate'],
      to: ['lineItem/UsageEndDate'],
    },
    optional: {
      operation: ['lineItem/Operation'],
      unit: ['pricing/unit'],
      listUsd: ['pricing/publicOnDemandRate'],
      currency: ['lineItem/CurrencyCode'],
    },
    tagColumns: ['resourceTags/user:{}'],
    tagMaps: [],
    categories: lineItemTypes,
  },
  // A legacy report in Parquet has these columns as well, with a column a tag.
  { name: 'Cost and Usage Report 2.0', sign: 'line_item_line_item_type', ...cur2Columns },
  {
    name: 'FOCUS',
    sign: 'ChargeCategory',
    columns: {
      period: ['BillingPeriodStart'],
      category: ['ChargeCategory'],
      service: ['x_ServiceCode'],
      usageType: ['x_UsageType', 'SkuMeter'],
      quantity: ['ConsumedQuantity', 'PricingQuantity'],
      usd: ['BilledCost'],
      from: ['ChargePeriodStart'],
      to: ['ChargePeriodEnd'],
    },
    optional: {
      operation: ['x_Operation'],
      unit: ['ConsumedUnit', 'PricingUnit'],
      listUsd: ['ListUnitPrice'],
      currency: ['BillingCurrency'],
    },
    tagColumns: [],
    tagMaps: ['Tags'],
    categories: { Usage: 'usage', Purchase: 'fee', Tax: 'tax', Credit: 'credit', Adjustment: 'other' },
  },
];

/** A tag's key as each export writes it: `user:store`, `user_store`, `store`. */
export const tagKeys = (name: string): readonly string[] => [`user_${name}`, `user:${name}`, name, `resourceTags/user:${name}`];

/** What a format calls a charge; what nobody here knows is `other` and is shown as such. */
export function categoryOf({ categories }: Format, text: string): ChargeCategory {
  return (Object.hasOwn(categories, text) ? categories[text] : undefined) ?? (/discount/i.test(text) ? 'discount' : 'other');
}
