import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

type Value = string | number;

/** A span as the sink got it. */
export interface SunkSpan {
  readonly service: Value | undefined;
  readonly traceId: string;
  readonly spanId: string;
  /** undefined: it begins its trace. */
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** OTLP's: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, Value>>;
  readonly status: { readonly code: number; readonly message?: string };
}

export type TraceSink = Awaited<ReturnType<typeof startTraceSink>>;

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string; readonly doubleValue?: number };
}

interface OtlpRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

interface OtlpSpan extends Omit<SunkSpan, 'service' | 'attributes'> {
  readonly attributes: readonly Attribute[];
}

/** Takes spans as X-Ray's endpoint of OTLP does, on 127.0.0.1, and keeps them. */
export async function startTraceSink() {
  const spans: SunkSpan[] = [];
  const requests: { readonly url: string | undefined; readonly headers: IncomingHttpHeaders }[] = [];
  let answer: { readonly status: number; readonly body: object } = { status: 200, body: {} };
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    requests.push({ url: request.url, headers: request.headers });
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
    if (answer.status === 200) spans.push(...spansOf(JSON.parse(text) as OtlpRequest));
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  };
  const server = createServer((request, response) => void take(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests,
    /** It answers so from now on. */
    answerWith: (status: number, body: object) => {
      answer = { status, body };
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const spansOf = ({ resourceSpans }: OtlpRequest): readonly SunkSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = named(resource.attributes)['service.name'];
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => spanOf(span, service)));
  });

function spanOf(span: OtlpSpan, service: Value | undefined): SunkSpan {
  const { traceId, spanId, parentSpanId, name, kind, status } = span;
  return {
    service,
    traceId,
    spanId,
    parentSpanId: parentSpanId || undefined,
    name,
    kind,
    status,
    attributes: named(span.attributes),
  };
}

const named = (attributes: readonly Attribute[]): Record<string, Value> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue ?? value.doubleValue)]));
