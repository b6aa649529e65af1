import { Template } from '../../../template/template';
import { costOf, type PricedTemplate } from '../cost';
import type { PricedStore } from './types';

/** The bill of a store with a saving. */
export function priceOf({ source, usage }: PricedStore, region: string): PricedTemplate {
  return costOf(new Template(source), region, usage);
}
