/**
 * Currencies whose smallest unit is not a hundredth at Stripe (Stripe: Currencies, zero-decimal and three-decimal). Intl must not be
 * asked: it has what people use, none for HUF or COP, which Stripe counts in hundredths like ISK and UGX (special cases there).
 */
const stripeDigits: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ').map((currency) => [currency, 0] as const),
  ...'BHD JOD KWD OMR TND'.split(' ').map((currency) => [currency, 3] as const),
]);

/** `amountMinor` in the currency's smallest unit, as Stripe counts it. */
export function formatMoney(amountMinor: number, currency: string): string {
  const digits = stripeDigits.get(currency) ?? 2;
  const { minimumFractionDigits = digits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: Math.min(minimumFractionDigits, digits),
    maximumFractionDigits: digits,
  });
  return format.format(amountMinor / 10 ** digits);
}
