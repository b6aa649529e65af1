import { queues } from '../../../services/contract';
import { pollDelayMs, retryDelaySeconds } from '../../../services/worker/retry-delay';

describe('the delay before a message is tried again', () => {
  it.each([
    ['email', [2, 4, 0]],
    ['notifications', [1, 0]],
    ['payments', [2, 4, 8, 16, 0]],
    ['analytics', [60, 120, 0]],
  ] as const)('of %s doubles and ends at the dead letters: %p s', (queue, delays) => {
    const contract = queues[queue];
    const receives = Array.from({ length: contract.attempts }, (_, index) => index + 1);
    expect(receives.map((receive) => retryDelaySeconds(contract, receive))).toEqual(delays);
  });

  it('stays within what SQS takes', () => {
    expect(retryDelaySeconds({ attempts: 100, firstRetrySeconds: 60 }, 50)).toBe(43_200);
  });
});

describe('the delay before polling is tried again', () => {
  it.each([
    [1, 2_000],
    [3, 8_000],
    [50, 60_000],
  ])('after %i failures is anything below %i ms', (failures, most) => {
    expect(pollDelayMs(failures, () => 0)).toBe(0);
    expect(pollDelayMs(failures, () => 1)).toBe(most);
  });
});
