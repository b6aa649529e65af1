import { randomUUID } from 'node:crypto';
import { stripeLimits } from '../../../../services/runtime/payments';
import type { ApiOnParts } from '../api-on-parts';
import { type Order, shopping } from './shopping';

interface Shop {
  readonly api: ApiOnParts;
  readonly ann: string;
  readonly ben: string;
}

/** What becomes of an order whose payment Stripe refuses, or whose customer comes back: a part of the suite of orders. */
export function describePaying(shop: () => Shop): void {
  const { reserve, checkOut, order, stock } = shopping(() => shop().api);
  const pay = (id: string, cookie: string) => shop().api.call(`/api/v1/orders/${id}/payment`, { method: 'POST', cookie });

  describe('a payment that Stripe refuses', () => {
    it.each([
      ['USD', 30],
      ['HUF', 17_400],
      ['KWD', 1_234],
      ['ISK', 5_050],
      ['XTS', 5_000],
    ])('is refused for good where Stripe takes no payment in %s of %i, and gives the units back', async (currency, minor) => {
      await reserve(shop().ann, 1);
      await shop().api.store.query(`update reservations set currency = '${currency}', unit_price_minor = ${minor}`);
      shop().api.props.parts.metrics.flush();
      const [reportedBefore, key] = [shop().api.reported.length, randomUUID()];
      const { status, body } = await checkOut(shop().ann, key);
      shop().api.props.parts.metrics.flush();
      const counted = JSON.parse(shop().api.metricLines.at(-1) ?? '') as object;
      expect([status, body, counted]).toMatchObject([
        409,
        { code: 'payment-refused', detail: expect.stringContaining('cancelled') },
        { PaymentsRefused: 1 },
      ]);
      expect(counted).not.toHaveProperty('PaymentsFailed'); // which wakes somebody
      expect([await stock(), shop().api.reported.length]).toEqual([100, reportedBefore]);
      expect(await checkOut(shop().ann, key)).toMatchObject({ status: 200, body: { status: 'cancelled', clientSecret: null } });
    });

    it.each(['declined', 'rate limited', 'broken', 'key refused'] as const)(
      'is kept where Stripe is %s, which is our fault or Stripe’s',
      async (kind) => {
        await reserve(shop().ann, 1);
        for (let tries = 0; tries <= stripeLimits.maxNetworkRetries; tries += 1) shop().api.stripe.failNext(kind);
        expect(await checkOut(shop().ann)).toMatchObject({ status: 503, body: { code: 'payments-unavailable' } });
        expect(await shop().api.store.query('select status from orders')).toEqual([{ status: 'pending' }]);
        shop().api.stripe.failNone();
      },
    );
  });

  describe('paying after a reload', () => {
    it('goes on with the payment that the order has', async () => {
      const { id, clientSecret } = await order(shop().ann);
      const { status, body } = await pay(id, shop().ann);
      expect([status, body]).toMatchObject([200, { id, status: 'pending', clientSecret }]);
      expect((await pay(id, shop().ben)).status).toBe(404);
    });

    it('begins where Stripe failed at the check-out, with one payment also when it is asked for many times at once', async () => {
      await reserve(shop().ann, 1);
      shop().api.stripe.failNext('declined');
      expect((await checkOut(shop().ann)).status).toBe(503);
      const [kept] = await shop().api.store.query('select id from orders');
      const answers = await Promise.all([1, 2, 3].map(() => pay(String(kept?.id), shop().ann)));
      expect(new Set(answers.map(({ body }) => (body as Order).clientSecret)).size).toBe(1);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    });

    it.each([
      ['is over', `update orders set expires_at = now() - interval '1 second'`],
      ['is paid', `update orders set status = 'paid'`],
      ['was cancelled', `update orders set status = 'cancelled'`],
    ])('is refused for an order that %s', async (_, change) => {
      const { id } = await order(shop().ann);
      await shop().api.store.query(change);
      expect(await pay(id, shop().ann)).toMatchObject({ status: 409, body: { code: 'order-not-pending' } });
    });
  });
}
