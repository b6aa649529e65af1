import { randomBytes } from 'node:crypto';
import type { RemoteTrace, TraceOfMessage } from '../traces';

/**
 * X-Ray's form of a trace's id: the second in which it began, then 96 random bits. It takes W3C's random ones too, and a form that has the time works
 * everywhere (https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html, read 2026-11-29).
 */
export const newTraceId = (now = Date.now()): string =>
  Math.floor(now / 1_000)
    .toString(16)
    .padStart(8, '0') + randomBytes(12).toString('hex');

export const newSpanId = (): string => randomBytes(8).toString('hex');

const zeros = /^0+$/;

/** W3C Trace Context, version 00 (https://www.w3.org/TR/trace-context/, read 2026-11-29); a later version begins with the same four fields. */
const traceparentForm = /^(?!ff)([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;

export interface Traceparent extends Required<RemoteTrace> {
  readonly sampled: boolean;
}

/** undefined for what is no `traceparent`. */
export function parseTraceparent(text: string | undefined): Traceparent | undefined {
  const [, version, traceId = '', spanId = '', flags = '', more] = traceparentForm.exec(text ?? '') ?? [];
  if (version === undefined || (version === '00' && more !== undefined) || zeros.test(traceId) || zeros.test(spanId))
    return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** `X-Amzn-Trace-Id`, as load balancers add it: `Root=1-…;Parent=…`, the latter where another service of X-Ray came before. undefined for what is none. */
export function parseAwsTraceHeader(text: string | undefined): RemoteTrace | undefined {
  const [, seconds, rest] = /(?:^|;)Root=1-([\da-f]{8})-([\da-f]{24})(?:;|$)/.exec(text ?? '') ?? [];
  if (seconds === undefined || rest === undefined || zeros.test(seconds + rest)) return undefined;
  const [, spanId] = /(?:^|;)Parent=(?!0{16})([\da-f]{16})(?:;|$)/.exec(text ?? '') ?? [];
  return { traceId: seconds + rest, ...(spanId !== undefined && { spanId }) };
}

/** @param sampled false tells whoever handles the message to record nothing of it */
export function traceOfMessage({ traceId, spanId }: Required<RemoteTrace>, sampled: boolean): TraceOfMessage {
  const flag = sampled ? 1 : 0;
  return {
    traceparent: `00-${traceId}-${spanId}-0${flag}`,
    awsTraceHeader: `Root=1-${traceId.slice(0, 8)}-${traceId.slice(8)};Parent=${spanId};Sampled=${flag}`,
  };
}
