import * as z from 'zod';
import { currency, largestPaymentMinor, plainText, slug, time } from '../runtime/forms';
import { changesOf } from './changes-of';

/** Assumptions: more than a shop tells of one product, and little enough for lists and the search. */
const most = { description: 20_000, keywords: 30, keyword: 50, categories: 10, attributes: 20_000, stock: 1_000_000 } as const;

const attributes = z
  .record(plainText(100), z.json())
  .refine((value) => JSON.stringify(value).length <= most.attributes, `is longer than ${most.attributes} characters as JSON`)
  .refine((value) => !JSON.stringify(value).includes('\\u0000'), 'has a NUL character');

/** Not of the form of an id, which a product's address takes as well. */
const productSlug = slug.refine((text) => !z.uuid().safeParse(text).success, 'has the form of an id').meta({ ...slug.meta() });

/** What an operator or an import says of a product; brand and categories by their slugs. */
export const productFields = z.strictObject({
  slug: productSlug,
  title: plainText(200).min(1),
  description: plainText(most.description).default(''),
  priceMinor: z
    .int()
    .min(1)
    .max(largestPaymentMinor)
    .meta({ description: 'In the currency’s smallest unit: 1999 is 19.99 dollars' }),
  currency,
  brand: slug,
  categories: z
    .array(slug)
    .min(1)
    .max(most.categories)
    .refine((slugs) => new Set(slugs).size === slugs.length, 'names a category twice')
    .meta({ description: 'Slugs; the first is the main one', override: { uniqueItems: true } }),
  keywords: z
    .array(plainText(most.keyword).min(1))
    .max(most.keywords)
    .default([])
    .meta({ description: 'Words of a search that stand in neither title nor description' }),
  attributes: attributes.default({}).meta({ description: 'Whatever else the shop tells of it' }),
  available: z.boolean().default(false).meta({ description: 'Whether customers see it and can buy it' }),
  featured: z.boolean().default(false),
  limitedEdition: z.boolean().default(false),
  mostPerCustomer: z.int().min(1).max(100).nullable().default(null),
  releaseAt: time.nullable().default(null).meta({ description: 'UTC; before that it is shown and cannot be bought' }),
});
/** What an operator changes of it. */
export const productChanges = changesOf(productFields);
export type ProductChanges = z.output<typeof productChanges>;

export type ProductFields = z.output<typeof productFields>;

/** Units that a stock has at the most. */
export const mostStock = most.stock;

/** Units of a new product; later ones by changes of the stock. */
export const initialStock = z.int().min(0).max(most.stock).default(0);
