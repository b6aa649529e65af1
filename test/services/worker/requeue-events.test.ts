import { randomUUID } from 'node:crypto';
import { requeueEvents } from '../../../services/worker/requeue';
import { setUp } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { type Store, startStore } from './store';

let store: Store;
setUp(async (started) => {
  store = await started.use(startStore());
});

const age = (event: string, seconds: number) =>
  store.database.writer.query('update payment_events set received_at = now() - make_interval(secs => $2) where id = $1', [
    event,
    seconds,
  ]);

describe('payment events that were stored and not queued', () => {
  it('are queued after a minute, once, in the group of their payment', async () => {
    const [old, fresh] = [await store.order(), await store.order()];
    const waiting = await store.event(old, 'payment_intent.succeeded');
    await store.event(fresh, 'payment_intent.succeeded');
    await age(waiting, 61);
    const requestId = randomUUID();
    await store.database.writer.query('update payment_events set request_id = $2 where id = $1', [waiting, requestId]);
    const sent: unknown[] = [];
    const queues = { send: async (...message: unknown[]) => void sent.push(message) };
    for (let round = 0; round < 2; round += 1) await requeueEvents(store.database.writer, queues, collectedLog().log);
    expect(sent).toEqual([['payments', { id: waiting, type: 'payment_intent.succeeded', requestId }, old.intentId]]);
  });

  it('wait on while the queue is away', async () => {
    const waiting = await store.event(await store.order(), 'payment_intent.canceled');
    await age(waiting, 3_600);
    const away = { send: () => Promise.reject(new Error('SQS is away')) };
    await expect(requeueEvents(store.database.writer, away, collectedLog().log)).rejects.toThrow('SQS is away');
    const { rows } = await store.database.writer.query('select queued_at from payment_events where id = $1', [waiting]);
    expect(rows).toEqual([{ queued_at: null }]);
  });
});
