import { nightlyAnalyticsMessage } from '../../../../services/contract';
import { recordEvent } from '../../../../services/worker/jobs/event';
import { collectedLog } from '../../parts/collected-log';

const context = () => ({ ...collectedLog(), signal: new AbortController().signal, last: false });

describe('a job', () => {
  it('of notifications takes an event and logs its id and type alone', async () => {
    const { lines, text, ...rest } = context();
    await recordEvent({ id: 'e-1', type: 'order.paid', customer: 'ann@example.com' }, rest);
    expect(lines()).toMatchObject([{ message: 'Event', id: 'e-1', type: 'order.paid' }]);
    expect(text()).not.toContain('ann@example.com');
  });

  it.each([
    ['no id', { type: 'order.paid' }, 'id (invalid_type)'],
    ['an empty type', { id: 'e-1', type: '' }, 'type (too_small)'],
    ['no object', 'hunter2', 'message (invalid_type)'],
  ])('refuses %s by saying where, not what', async (_, message, reason) => {
    await expect(recordEvent(message, context())).rejects.toThrow(`The message is refused: ${reason}`);
  });

  it('of another queue refuses a nightly message', async () => {
    await expect(recordEvent(nightlyAnalyticsMessage, context())).rejects.toThrow('The message is refused');
  });
});
