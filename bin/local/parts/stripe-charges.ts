/**
 * The least of a card payment that is settled in its own currency, in the smallest unit; of others Stripe takes what converts to the least of
 * the account's currency (https://docs.stripe.com/currencies.md, Minimum and maximum charge amounts, read 2026-11-29).
 */
const leastMinor: Readonly<Record<string, number>> = {
  usd: 50,
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
};

/** The most, by digits; eight elsewhere (the same page; cards alone may have more). */
const mostMinor: Readonly<Record<string, number>> = { idr: 999_999_999_999, inr: 999_999_999 };
const mostElsewhere = 99_999_999;

/** Their last digit is 0 (the same page, Three-decimal currencies). */
const threeDecimals: readonly string[] = ['bhd', 'jod', 'kwd', 'omr', 'tnd'];

/** Charged in hundredths of which there are none (the same page, Special cases). */
const wholeUnits: readonly string[] = ['isk', 'ugx'];

export interface ChargeRefusal {
  readonly code: string | undefined;
  readonly param: 'amount' | 'currency';
  readonly message: string;
}

/** Why Stripe makes no payment of this. An account takes the currencies of `leastMinor` and of the special cases: a part of Stripe's 135. */
export function chargeRefusal(amount: number, currency: string): ChargeRefusal | undefined {
  const known = currency in leastMinor || currency in mostMinor || [...threeDecimals, ...wholeUnits].includes(currency);
  if (!known) return { code: undefined, param: 'currency', message: `Invalid currency: ${currency}.` };
  if (!Number.isSafeInteger(amount) || amount < 1)
    return { code: 'parameter_invalid_integer', param: 'amount', message: 'Invalid integer' };
  if (amount < (leastMinor[currency] ?? 1))
    return { code: 'amount_too_small', param: 'amount', message: 'Amount must be at least the minimum of its currency' };
  if (amount > (mostMinor[currency] ?? mostElsewhere))
    return { code: 'amount_too_large', param: 'amount', message: 'Amount must be no more than the maximum of its currency' };
  const step = threeDecimals.includes(currency) ? 10 : wholeUnits.includes(currency) ? 100 : 1;
  if (amount % step === 0) return undefined;
  return { code: undefined, param: 'amount', message: `Amount must be a multiple of ${step}` };
}
