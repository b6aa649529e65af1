import { type Filter, PricingClient, type PricingClientConfig, paginateGetProducts } from '@aws-sdk/client-pricing';
import { awsError } from '../../services/runtime/aws-error';
import { PricesError } from './prices-error';

/** AWS's price list, asked for products whose attributes have these values. Gives each product as JSON text. */
export type PriceList = (service: string, attributes: Readonly<Record<string, string>>) => Promise<readonly string[]>;

/** One of the two regions where AWS answers for prices; those of all regions are asked there. */
const endpointRegion = 'us-east-1';
const action = 'pricing:GetProducts';

type Settings = Pick<PricingClientConfig, 'credentials' | 'endpoint' | 'retryStrategy'>;

/** @throws PricesError when AWS does not answer, with what to do about it */
export function createPriceList(settings: Settings = {}): PriceList {
  const client = new PricingClient({
    region: endpointRegion,
    retryMode: 'standard',
    maxAttempts: 6, // a refresh is two dozen calls in a row, and the API throttles early
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    ...settings,
  });
  return async (service, attributes) => {
    try {
      return await allPages(client, service, attributes);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const failure = awsError(error, { action, region: endpointRegion, needs: [action] });
      throw failure ? new PricesError(failure.code, failure.message, { cause: error }) : error;
    }
  };
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
