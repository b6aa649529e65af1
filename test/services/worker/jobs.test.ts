import { nightlyAnalyticsMessage, queueNames } from '../../../services/contract';
import { jobs } from '../../../services/worker/jobs/registry';
import { collectedLog } from '../parts/collected-log';

const context = () => ({ ...collectedLog(), signal: new AbortController().signal });

describe('the jobs', () => {
  it.each(queueNames)('of %s take an event and log its id and type alone', async (queue) => {
    const { log, lines, text, signal } = context();
    await jobs[queue]({ id: 'e-1', type: 'order.paid', customer: 'ann@example.com' }, { log, signal });
    expect(lines()).toMatchObject([{ message: 'Event', id: 'e-1', type: 'order.paid' }]);
    expect(text()).not.toContain('ann@example.com');
  });

  it.each([
    ['no id', { type: 'order.paid' }, 'id (invalid_type)'],
    ['an empty type', { id: 'e-1', type: '' }, 'type (too_small)'],
    ['no object', 'hunter2', 'message (invalid_type)'],
  ])('refuse %s by saying where, not what', async (_, message, reason) => {
    const { log, signal } = context();
    await expect(jobs.email(message, { log, signal })).rejects.toThrow(`The message is refused: ${reason}`);
  });

  it('take what the scheduler sends at night', async () => {
    const { log, lines, signal } = context();
    await jobs.analytics(nightlyAnalyticsMessage, { log, signal });
    expect(lines()).toMatchObject([{ message: 'Nightly analytics', job: nightlyAnalyticsMessage.job }]);
  });

  it('refuse a nightly message on another queue', async () => {
    const { log, signal } = context();
    await expect(jobs.email(nightlyAnalyticsMessage, { log, signal })).rejects.toThrow('The message is refused');
  });
});
