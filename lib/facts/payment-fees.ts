/** What a payment provider keeps of an order; [drop-store] has it for Stripe, for cards of the country. */
export const paymentFees = {
  share: 0.029,
  usdEach: 0.3,
  source: '[drop-store] Stripe: 2.9% + $0.30 per transaction',
} as const;
