import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { SpanQueue, type SpanQueueProps } from '../../../../services/runtime/traces/span-queue';
import { collectedLog } from '../../parts/collected-log';

const span = {} as ReadableSpan;
const queues = new Set<SpanQueue>();
afterEach(async () => {
  await Promise.all([...queues].map((queue) => queue.shutdown()));
  queues.clear();
});

function start(send: SpanQueueProps['send'], limits: SpanQueueProps['limits'] = {}) {
  const { log, lines } = collectedLog();
  let clock = 0;
  const queue = new SpanQueue({ send, log, now: () => clock, limits: { everyMs: 1e9, ...limits } });
  queues.add(queue);
  return { queue, lines, pass: (ms: number) => (clock += ms) };
}

const ended = (queue: SpanQueue, spans: number): void => {
  for (let count = 0; count < spans; count += 1) queue.onEnd(span);
};

describe('spans that have ended', () => {
  it('are sent in batches, one request at a time', async () => {
    const [sizes, underWay] = [[] as number[], [] as number[]];
    let open = 0;
    const { queue } = start(
      async (batch) => {
        underWay.push((open += 1));
        sizes.push(batch.length);
        await Promise.resolve();
        open -= 1;
        return { refused: 0 };
      },
      { batch: 10 },
    );
    ended(queue, 25);
    await queue.forceFlush();
    expect([sizes, underWay]).toEqual([
      [10, 10, 5],
      [1, 1, 1],
    ]);
  });

  it('are lost beyond the room that there is, and told once a minute with the last reason', async () => {
    const hanging = Promise.withResolvers<{ refused: number }>();
    const { queue, lines, pass } = start(() => hanging.promise, { batch: 2, waiting: 3 });
    ended(queue, 10); // two are under way, three wait
    const warning = { level: 'warn', message: 'Spans of traces were lost' };
    expect(lines()).toMatchObject([{ ...warning, spans: 1, error: { message: 'More spans ended than were sent' } }]);
    pass(60_000);
    ended(queue, 1);
    expect(lines().slice(1)).toMatchObject([{ ...warning, spans: 5 }]);
    hanging.resolve({ refused: 0 });
  });

  it('are lost where X-Ray is away, without a rejection, and what was lost since is told at the end', async () => {
    const { queue, lines } = start(async () => Promise.reject(new Error('away')), { batch: 2 });
    ended(queue, 6);
    await queue.forceFlush();
    expect(lines()).toMatchObject([{ spans: 2, error: { message: 'away' } }]);
    await queue.shutdown();
    expect(lines().slice(1)).toMatchObject([{ spans: 4, error: { message: 'away' } }]);
  });

  it('are lost in part where X-Ray says so', async () => {
    const { queue, lines } = start(async () => ({ refused: 3 }));
    ended(queue, 5);
    await queue.forceFlush();
    expect(lines()).toMatchObject([{ spans: 3 }]);
  });

  it('are sent by a stop, which waits no longer than it may for an X-Ray that hangs', async () => {
    const sent: number[] = [];
    const { queue } = start(async (batch) => {
      sent.push(batch.length);
      return { refused: 0 };
    });
    ended(queue, 4);
    await queue.shutdown();
    expect(sent).toEqual([4]);
    const hanging = start(() => new Promise(() => undefined), { batch: 1, closeMs: 1 });
    ended(hanging.queue, 3);
    await hanging.queue.shutdown();
    expect(hanging.lines()).toMatchObject([{ spans: 2, error: { message: 'The process ended before they were sent' } }]);
  });
});
