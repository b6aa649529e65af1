import type { ChargeCategory } from '../../lib/reconcile/billed';
import type { BillRow } from './bill';

export const formatNames = ['legacy', 'legacy Parquet', '2.0', 'FOCUS 1.0', 'FOCUS 1.2'] as const;
export type FormatName = (typeof formatNames)[number];

/** Columns of an export in the order of the file; a value is text. */
type Columns = Readonly<Record<string, (row: BillRow) => string>>;

const lineItemTypes: Readonly<Record<ChargeCategory, string>> = {
  usage: 'Usage',
  credit: 'Credit',
  refund: 'Refund',
  tax: 'Tax',
  fee: 'Fee',
  'savings plan fee': 'SavingsPlanRecurringFee',
  'savings plan negation': 'SavingsPlanNegation',
  'reservation fee': 'RIFee',
  discount: 'EdpDiscount',
  other: 'SomethingNew',
};

const focusCategories: Readonly<Partial<Record<ChargeCategory, string>>> = {
  usage: 'Usage',
  credit: 'Credit',
  tax: 'Tax',
  fee: 'Purchase',
};

const number = (value: number | undefined): string => (value === undefined ? '' : String(value));

const legacy: Columns = {
  'identity/LineItemId': () => 'abc',
  'bill/BillingPeriodStartDate': ({ month }) => `${month}-01T00:00:00Z`,
  'lineItem/UsageStartDate': ({ from }) => from,
  'lineItem/UsageEndDate': ({ to }) => to,
  'lineItem/LineItemType': ({ category }) => lineItemTypes[category],
  'lineItem/ProductCode': ({ service }) => service,
  'lineItem/UsageType': ({ usageType }) => usageType,
  'lineItem/Operation': ({ operation }) => operation,
  'lineItem/UsageAmount': ({ quantity }) => number(quantity),
  'lineItem/CurrencyCode': () => 'USD',
  'lineItem/UnblendedCost': ({ usd }) => number(usd),
  'lineItem/LineItemDescription': () => 'a "quoted", and\nbroken line',
  'pricing/publicOnDemandRate': ({ listUsd }) => number(listUsd),
  'pricing/unit': ({ unit }) => unit,
  'resourceTags/user:part': ({ part }) => part ?? '',
  'resourceTags/user:store': ({ store }) => store ?? '',
};

const snake = (name: string): string =>
  name
    .replace(/[/:]/g, '_')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toLowerCase();

const tagsOf =
  (key: (name: string) => string) =>
  ({ store, part }: BillRow): string =>
    JSON.stringify({ ...(store !== undefined && { [key('store')]: store }), ...(part !== undefined && { [key('part')]: part }) });

/** A legacy report in Parquet has a column a tag; 2.0 has one of all tags. */
const legacyParquet: Columns = Object.fromEntries(Object.entries(legacy).map(([name, value]) => [snake(name), value]));
const cur2: Columns = {
  ...Object.fromEntries(Object.entries(legacyParquet).filter(([name]) => !name.startsWith('resource_tags'))),
  resource_tags: tagsOf((name) => `user_${name}`),
};

const focus: Columns = {
  BilledCost: ({ usd }) => number(usd),
  BillingCurrency: () => 'USD',
  BillingPeriodStart: ({ month }) => `${month}-01T00:00:00Z`,
  ChargeCategory: ({ category }) => focusCategories[category] ?? 'Adjustment',
  ChargePeriodEnd: ({ to }) => to,
  ChargePeriodStart: ({ from }) => from,
  ConsumedQuantity: ({ quantity }) => number(quantity),
  ConsumedUnit: ({ unit }) => unit,
  EffectiveCost: ({ usd }) => number(usd),
  ListUnitPrice: ({ listUsd }) => number(listUsd),
  PricingQuantity: ({ quantity }) => number(quantity),
  ServiceName: () => 'a name',
  Tags: tagsOf((name) => `user:${name}`),
  x_Operation: ({ operation }) => operation,
  x_ServiceCode: ({ service }) => service,
};

const columnsOf: Readonly<Record<FormatName, Columns>> = {
  legacy,
  'legacy Parquet': legacyParquet,
  '2.0': cur2,
  'FOCUS 1.0': { ...focus, x_UsageType: ({ usageType }) => usageType },
  'FOCUS 1.2': { ...focus, SkuMeter: ({ usageType }) => usageType },
};

/** Columns that Parquet has as numbers or times, and its maps. */
const types: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/cost$|amount$|quantity$/i, 'DOUBLE'],
  [/date$|period(start|end)$/i, 'TIMESTAMP'],
  [/^(resource_)?tags$/i, 'MAP'],
];

export function csvOf(rows: readonly BillRow[], format: FormatName): string {
  const columns = Object.entries(columnsOf[format]);
  const lines = rows.map((row) => columns.map(([, value]) => cell(value(row))).join(','));
  return `${[columns.map(([name]) => cell(name)).join(','), ...lines].join('\n')}\n`;
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** SQL that writes a CSV file of the format as Parquet, with the types that AWS gives. */
export function toParquet(csv: string, parquet: string, format: FormatName): string {
  const columns = Object.keys(columnsOf[format]).map((name) => {
    const type = types.find(([pattern]) => pattern.test(name))?.[1];
    if (type === 'MAP') return `CAST(CAST("${name}" AS JSON) AS MAP(VARCHAR, VARCHAR)) AS "${name}"`;
    return type === undefined ? `"${name}"` : `CAST("${name}" AS ${type}) AS "${name}"`;
  });
  return `COPY (SELECT ${columns.join(', ')} FROM read_csv('${csv}', all_varchar = true, header = true)) TO '${parquet}' (FORMAT parquet)`;
}
