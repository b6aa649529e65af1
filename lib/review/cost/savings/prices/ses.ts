import { priceTiers } from '../../../../facts/prices';
import type { PriceSaving } from '../types';

/** No commitment: another plan of SES, on which the account can be put at any time. */
export const sesALaCarte: PriceSaving = {
  name: 'SES à la carte',
  risk: 'SES’s console loses the insights of Essentials, which the store does not use.',
  source: 'AWS puts a new account on Essentials since 2026-07-21: docs/payments-and-email.md',
  covers: (key) => key === 'ses.essentials',
  savedOn: ({ usdPerMonth, quantity }, region) => {
    const [price] = priceTiers('ses.a-la-carte', region);
    return price && usdPerMonth - (quantity / (price.per ?? 1)) * price.usd;
  },
  how: (_, region) => `aws sesv2 put-account-pricing-attributes --region ${region} --plan NONE`,
};
