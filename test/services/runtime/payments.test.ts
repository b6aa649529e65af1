import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idleConnectionSeconds, paymentEventTypes } from '../../../services/contract';
import { stripeLimits } from '../../../services/runtime/payments';

/** ms between two tries of Stripe's library, where there are two: `INITIAL_NETWORK_RETRY_DELAY_SEC` in `stripe.core`. */
const betweenTries = 500;

describe('a Stripe that does not answer', () => {
  it('is given up before the load balancer gives the request up, also by a cancellation, which asks twice', () => {
    const { timeout, maxNetworkRetries } = stripeLimits;
    expect(maxNetworkRetries).toBe(1);
    expect(2 * (2 * timeout + betweenTries)).toBeLessThan(idleConnectionSeconds * 1_000);
  });
});

test('the document names every event that the store takes, and no other', () => {
  const page = readFileSync(join(__dirname, '../../../docs/payments-and-email.md'), 'utf8');
  const [, events = ''] = /with\s+these\s+events:(.*?)\.\s+Stripe\s+shows/s.exec(page) ?? [];
  expect([...events.matchAll(/`([\w.]+)`/g)].map(([, event]) => event)).toEqual(paymentEventTypes);
});
