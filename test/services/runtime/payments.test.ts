import { idleConnectionSeconds } from '../../../services/contract';
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
