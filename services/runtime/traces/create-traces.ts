import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { createLogger, type Output } from '../logger';
import type { RemoteTrace, Span, TraceSettings, Traces } from '../traces';
import { RecordedSpan } from './recorded-span';
import { SpanQueue } from './span-queue';
import { createSpanSender } from './span-sender';
import { newSpanId, newTraceId, traceOfMessage } from './trace-ids';

/** Characters of an attribute: most statements are shorter. A batch (`span-queue.ts`) so stays far below what X-Ray takes (`span-sender.ts`). An assumption. */
const attributeValueLengthLimit = 2_048;

/** Calls of one unit that are recorded: a nightly job makes thousands, and the first ones tell enough. An assumption. */
const mostCalls = 500;

const kinds = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
} as const;

interface Unit {
  readonly span: RecordedSpan;
  readonly context: Context;
  calls: number;
  /** What goes on in its name after its end, such as a timer that it started, is nothing of it. */
  ended: boolean;
}

export interface TracesProps extends TraceSettings {
  readonly store: string;
  readonly service: 'api' | 'worker';
  readonly region: string;
  readonly output: Output;
}

/** Traces by OpenTelemetry's SDK, without its instrumentations: they hook into `require`, and in a bundle nothing is required. */
export function createTraces({ share, api, store, service, region, output }: TracesProps): Traces {
  const log = createLogger(`${service}.traces`, output);
  const queue = new SpanQueue({ send: createSpanSender({ api, region }), log });
  let traceId: string | undefined;
  const tracer = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': `${store}-${service}`,
      'service.namespace': store,
      'cloud.region': region,
    }),
    sampler: new AlwaysOnSampler(), // what the dice leave out has no span at all
    spanLimits: { attributeValueLengthLimit },
    idGenerator: { generateTraceId: () => traceId ?? newTraceId(), generateSpanId: newSpanId },
    spanProcessors: [queue],
  }).getTracer('store');
  const units = new AsyncLocalStorage<Unit>();

  const startRoot = (name: string, kind: SpanKind, from: RemoteTrace | undefined): RecordedSpan => {
    const spanId = from?.spanId;
    const context =
      from === undefined || spanId === undefined
        ? ROOT_CONTEXT
        : trace.setSpanContext(ROOT_CONTEXT, { traceId: from.traceId, spanId, traceFlags: 1, isRemote: true });
    traceId = from?.traceId; // of a trace whose cause has no span, as behind a load balancer
    try {
      return new RecordedSpan(tracer.startSpan(name, { kind }, context));
    } finally {
      traceId = undefined;
    }
  };
  const current = (): Unit | undefined => {
    const unit = units.getStore();
    return unit === undefined || unit.ended ? undefined : unit;
  };
  const begin: Traces['begin'] = (start) => {
    const unit = current();
    if (unit === undefined || unit.calls >= mostCalls) return undefined;
    unit.calls += 1;
    const { name, kind, attributes } = start();
    const span = new RecordedSpan(tracer.startSpan(name, { kind: kinds[kind] }, unit.context));
    if (attributes) span.set(attributes);
    return span;
  };

  return {
    dice: () => Math.random() < share,
    unit: async ({ name, kind, attributes, from }, work) => {
      const span = startRoot(name, kinds[kind], from);
      if (attributes) span.set(attributes);
      const unit: Unit = { span, context: trace.setSpan(ROOT_CONTEXT, span.span), calls: 0, ended: false };
      try {
        return await units.run(unit, work, span);
      } catch (error) {
        span.fail(error);
        throw error;
      } finally {
        unit.ended = true;
        span.end();
      }
    },
    call: async (start, call) => {
      const span = begin(() => start);
      if (span === undefined) return call(undefined);
      try {
        return await call(span);
      } catch (error) {
        span.fail(error);
        throw error;
      } finally {
        span.end();
      }
    },
    begin,
    bind: (callback) => AsyncLocalStorage.bind(callback), // of no unit too: another one's would be taken for it
    ofMessage: (span: Span | undefined) =>
      span instanceof RecordedSpan
        ? traceOfMessage(span.ids, true)
        : traceOfMessage({ traceId: newTraceId(), spanId: newSpanId() }, false),
    logFields: () => {
      const unit = current();
      return unit === undefined ? {} : { traceId: unit.span.ids.traceId };
    },
    close: () => queue.shutdown(),
  };
}
