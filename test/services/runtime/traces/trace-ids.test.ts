import {
  newSpanId,
  newTraceId,
  parseAwsTraceHeader,
  parseTraceparent,
  traceOfMessage,
} from '../../../../services/runtime/traces/trace-ids';

const [traceId, spanId] = ['5759e988bd862e3fe1be46a994272793', '53995c3f42cd8ad8'];

describe('a trace of our own', () => {
  it('has the form of X-Ray: the second in which it began, then chance', () => {
    const id = newTraceId(0x5759e988 * 1_000 + 999);
    expect(id).toMatch(/^5759e988[\da-f]{24}$/);
    expect(newTraceId(0)).toMatch(/^0{8}[\da-f]{24}$/);
    expect(new Set([newTraceId(), newTraceId(), newTraceId()]).size).toBe(3);
    expect(newSpanId()).toMatch(/^[\da-f]{16}$/);
  });
});

describe('the header of W3C', () => {
  it.each([
    ['recorded', `00-${traceId}-${spanId}-01`, { traceId, spanId, sampled: true }],
    ['left out', `00-${traceId}-${spanId}-00`, { traceId, spanId, sampled: false }],
    ['with another flag', `00-${traceId}-${spanId}-03`, { traceId, spanId, sampled: true }],
    ['of a later version, with more behind', `01-${traceId}-${spanId}-01-more`, { traceId, spanId, sampled: true }],
  ])('is read: %s', (_, header, read) => {
    expect(parseTraceparent(header)).toEqual(read);
  });

  it.each([
    ['nothing', undefined],
    ['no text', ''],
    ['a version that there is not', `ff-${traceId}-${spanId}-01`],
    ['more behind, which its version has not', `00-${traceId}-${spanId}-01-more`],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['a span of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['capital letters', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['something short', `00-${traceId.slice(1)}-${spanId}-01`],
  ])('is none: %s', (_, header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});

describe('the header of X-Ray', () => {
  const root = `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;

  it.each([
    ['of a load balancer', `Root=${root}`, { traceId }],
    ['of a load balancer after another', `Self=1-67891234-12456789abcdef012345678;Root=${root}`, { traceId }],
    ['of a service', `Root=${root};Parent=${spanId};Sampled=1`, { traceId, spanId }],
    ['of a service whose span is none', `Root=${root};Parent=${'0'.repeat(16)};Sampled=1`, { traceId }],
  ])('is read: %s', (_, header, read) => {
    expect(parseAwsTraceHeader(header)).toEqual(read);
  });

  it.each([undefined, '', 'Sampled=1', 'Root=1-5759e988-bd86', `Root=1-${'0'.repeat(8)}-${'0'.repeat(24)}`, `xRoot=${root}`])(
    'is none: %s',
    (header) => {
      expect(parseAwsTraceHeader(header)).toBeUndefined();
    },
  );
});

test.each([true, false])('what a message says is read back, in both forms (recorded: %s)', (sampled) => {
  const { traceparent, awsTraceHeader } = traceOfMessage({ traceId, spanId }, sampled);
  expect(parseTraceparent(traceparent)).toEqual({ traceId, spanId, sampled });
  expect(parseAwsTraceHeader(awsTraceHeader)).toEqual({ traceId, spanId });
  expect(awsTraceHeader).toMatch(sampled ? /;Sampled=1$/ : /;Sampled=0$/);
});
