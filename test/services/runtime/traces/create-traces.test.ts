import { EventEmitter, once } from 'node:events';
import type { Traces } from '../../../../services/runtime/traces';
import { createTraces } from '../../../../services/runtime/traces/create-traces';
import { setUp } from '../../../support/set-up';
import { startTraceSink, type TraceSink } from '../../parts/trace-sink';

let sink: TraceSink;
let traces: Traces;
setUp(async (started) => {
  sink = await started.use(startTraceSink());
});
beforeEach(() => {
  sink.spans.length = 0;
  const output = { write: () => undefined };
  traces = createTraces({ share: 1, api: new URL(sink.url), store: 'shop', service: 'api', region: 'eu-west-1', output });
});

/** All that ended, once it is sent. */
async function recorded() {
  await traces.close();
  return sink.spans;
}

const call = (name: string) => traces.call({ name, kind: 'client' }, async () => undefined);
const unit = (name: string, work: () => Promise<unknown>) => traces.unit({ name, kind: 'server' }, work);

describe('a unit of work', () => {
  it('is the parent of its calls, however many units are under way', async () => {
    const both = ['one', 'two'].map((name) =>
      unit(name, async () => {
        await new Promise((resolve) => setImmediate(resolve));
        await call(`of ${name}`);
      }),
    );
    await Promise.all(both);
    const spans = await recorded();
    for (const name of ['one', 'two']) {
      const [parent, child] = [name, `of ${name}`].map((wanted) => spans.find((span) => span.name === wanted));
      expect(child).toMatchObject({ traceId: parent?.traceId, parentSpanId: parent?.spanId, service: 'shop-api' });
      expect(parent?.parentSpanId).toBeUndefined();
    }
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(2);
  });

  it('goes on with a trace that began elsewhere: with its span, or without one', async () => {
    const [traceId, spanId] = ['5759e988bd862e3fe1be46a994272793', '53995c3f42cd8ad8'];
    await traces.unit({ name: 'after a span', kind: 'consumer', from: { traceId, spanId } }, async () => undefined);
    await traces.unit({ name: 'after a load balancer', kind: 'server', from: { traceId } }, () => call('a query'));
    await unit('of its own', async () => undefined);
    const spans = await recorded();
    const [after, query, behind, own] = spans;
    expect(after).toMatchObject({ traceId, parentSpanId: spanId });
    expect(behind).toMatchObject({ traceId, name: 'after a load balancer', parentSpanId: undefined });
    expect(query).toMatchObject({ traceId, parentSpanId: behind?.spanId });
    expect(own?.traceId).not.toBe(traceId);
  });

  it('says of an error its class and code, and never its words', async () => {
    const error = Object.assign(new TypeError('key "ann@example.com" exists'), { code: '23505' });
    await expect(unit('fails', () => Promise.reject(error))).rejects.toBe(error);
    const [span] = await recorded();
    expect(span).toMatchObject({ status: { code: 2, message: 'TypeError 23505' }, attributes: { 'error.type': '23505' } });
    expect(JSON.stringify(span)).not.toContain('ann@');
  });

  it('records no more than so many calls', async () => {
    await unit('a nightly job', async () => {
      for (let count = 0; count < 600; count += 1) await call('a query');
    });
    expect((await recorded()).filter(({ name }) => name === 'a query')).toHaveLength(500);
  });

  it('has nothing of what goes on in its name after its end, such as a timer', async () => {
    const late = new EventEmitter();
    await unit('over', async () => void setImmediate(() => void call('late').then(() => late.emit('done'))));
    await once(late, 'done');
    expect((await recorded()).map(({ name }) => name)).toEqual(['over']);
  });

  it('is kept by a callback that another unit calls, and what has none keeps none', async () => {
    const waiting: (() => unknown)[] = [traces.bind(() => void call('of none'))];
    const first = Promise.withResolvers<void>();
    const one = unit('one', async () => {
      waiting.push(traces.bind(() => void call('of one').then(first.resolve)));
      await first.promise;
    });
    await unit('two', async () => waiting.forEach((go) => go()));
    await one;
    const spans = await recorded();
    const parent = spans.find(({ name }) => name === 'one');
    expect(spans.filter(({ name }) => name.startsWith('of '))).toMatchObject([{ name: 'of one', parentSpanId: parent?.spanId }]);
  });

  it('has the id of its trace in its log lines, and nothing else has one', async () => {
    expect(traces.logFields()).toEqual({});
    let fields: object = {};
    await unit('one', async () => void (fields = traces.logFields()));
    const [span] = await recorded();
    expect(fields).toEqual({ traceId: span?.traceId });
  });
});

it('records a call of nothing that is recorded not at all, and a message of it says so', async () => {
  await call('alone');
  expect(traces.begin(() => ({ name: 'alone', kind: 'client' }))).toBeUndefined();
  expect(traces.ofMessage(undefined)).toMatchObject({
    traceparent: expect.stringMatching(/^00-[\da-f]{32}-[\da-f]{16}-00$/),
    awsTraceHeader: expect.stringMatching(/;Sampled=0$/),
  });
  expect(await recorded()).toEqual([]);
});
