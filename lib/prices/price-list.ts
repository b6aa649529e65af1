import { type Filter, PricingClient, type PricingClientConfig, paginateGetProducts } from '@aws-sdk/client-pricing';
import { callAws, clientSettings } from '../../services/runtime/aws-error';
import { PricesError } from './prices-error';

/** AWS's price list, asked for products whose attributes have these values. Gives each product as JSON text. */
export type PriceList = (service: string, attributes: Readonly<Record<string, string>>) => Promise<readonly string[]>;

/** One of the two regions where AWS answers for prices; those of all regions are asked there. */
const endpointRegion = 'us-east-1';
const action = 'pricing:GetProducts';

type Settings = Pick<PricingClientConfig, 'credentials' | 'endpoint' | 'retryStrategy'>;

/** @throws PricesError when AWS does not answer, with what to do about it */
export function createPriceList(settings: Settings = {}): PriceList {
  const client = new PricingClient({ region: endpointRegion, ...clientSettings, ...settings });
  const call = { action, region: endpointRegion, needs: [action] };
  return (service, attributes) => callAws(PricesError, call, () => allPages(client, service, attributes));
}

async function allPages(client: PricingClient, service: string, attributes: Readonly<Record<string, string>>): Promise<string[]> {
  const filters = Object.entries(attributes).map(([Field, Value]): Filter => ({ Type: 'TERM_MATCH', Field, Value }));
  const products: string[] = [];
  const pages = paginateGetProducts(
    { client, pageSize: 100 },
    { ServiceCode: service, Filters: filters, FormatVersion: 'aws_v1' },
  );
  for await (const { PriceList: page } of pages) products.push(...(page ?? []).map(String));
  return products;
}
