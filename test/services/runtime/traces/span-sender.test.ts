import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { createSpanSender } from '../../../../services/runtime/traces/span-sender';
import { setUp } from '../../../support/set-up';
import { startTraceSink, type TraceSink } from '../../parts/trace-sink';

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };
const region = 'eu-west-1';
let sink: TraceSink;
setUp(async (started) => {
  sink = await started.use(startTraceSink());
});
beforeEach(() => {
  sink.answerWith(200, {});
  sink.spans.length = 0;
  sink.requests.length = 0;
});

/** Spans as the SDK ends them. */
function endedSpans(...names: readonly string[]): readonly ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop-api' }),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  for (const name of names)
    provider
      .getTracer('test')
      .startSpan(name, { attributes: { 'server.port': 5_432 } })
      .end();
  return exporter.getFinishedSpans();
}

const sender = () => createSpanSender({ api: new URL(sink.url), region, credentials });

describe('a batch of spans', () => {
  it('goes to the path of OTLP, as compressed JSON, signed for X-Ray in its region by the credentials of the task', async () => {
    expect(await sender()(endedSpans('GET /one', 'GET /two'))).toEqual({ refused: 0 });
    expect(sink.spans.map(({ name, service, attributes }) => [name, service, attributes])).toEqual([
      ['GET /one', 'shop-api', { 'server.port': 5_432 }],
      ['GET /two', 'shop-api', { 'server.port': 5_432 }],
    ]);
    const [{ url, headers }] = sink.requests as [TraceSink['requests'][number]];
    expect(url).toBe('/v1/traces');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/eu-west-1\/xray\/aws4_request, SignedHeaders=/,
      ),
      'x-amz-security-token': 'session',
    });
    expect(headers.authorization).toMatch(/SignedHeaders=[^,]*content-encoding;content-type;host;/);
  });

  it('goes unsigned to a stand-in where there are no credentials', async () => {
    await createSpanSender({ api: new URL(sink.url), region })(endedSpans('GET /one'));
    expect(sink.requests[0]?.headers.authorization).toBeUndefined();
    expect(sink.spans).toHaveLength(1);
  });

  it('may be taken in part', async () => {
    sink.answerWith(200, { partialSuccess: { rejectedSpans: '3' } });
    expect(await sender()(endedSpans('GET /one'))).toEqual({ refused: 3 });
  });

  it.each([
    [400, 'aws xray update-trace-segment-destination --destination CloudWatchLogs'],
    [403, 'xray:PutSpans and xray:PutTraceSegments'],
    [429, 'a smaller share'],
    [500, '500'],
  ])('is refused by %i with a reason that says what to do', async (status, remedy) => {
    sink.answerWith(status, { message: 'The OTLP API is\nsupported' });
    const sending = sender()(endedSpans('GET /one'));
    await expect(sending).rejects.toMatchObject({ code: 'TRACES', message: expect.stringContaining(remedy) });
    await expect(sending).rejects.toThrow(/: \d{3} \{"message":"The OTLP API is/);
  });

  it('is lost where nobody listens', async () => {
    const nobody = createSpanSender({ api: new URL('http://127.0.0.1:1'), region });
    await expect(nobody(endedSpans('GET /one'))).rejects.toMatchObject({ code: 'TRACES', cause: expect.anything() });
  });
});
