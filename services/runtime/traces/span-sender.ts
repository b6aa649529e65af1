import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';

/** Gives how many of them were refused. @throws {TracesError} where none was taken */
export type SendSpans = (spans: readonly ReadableSpan[]) => Promise<{ readonly refused: number }>;

/** ms that a request may take: an assumption. Nobody waits for it. */
const requestLimitMs = 5_000;

/** Characters of an answer that a log line quotes. */
const longestReason = 300;

/**
 * What an account needs before it takes spans (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html and
 * https://docs.aws.amazon.com/xray/latest/api/API_UpdateTraceSegmentDestination.html, read 2026-11-29).
 */
const remedies: Readonly<Record<number, string>> = {
  400: ': where it names the destination, switch Transaction Search on: aws xray update-trace-segment-destination --destination CloudWatchLogs',
  403: ': the role of the task needs xray:PutSpans and xray:PutTraceSegments',
  429: ': more spans than the account takes; record a smaller share of the requests',
};

/** X-Ray took no span, or did not answer. */
class TracesError extends Error {
  readonly code = 'TRACES';

  constructor(reason: string, options?: ErrorOptions) {
    super(`X-Ray did not take the spans: ${reason}`, options);
    this.name = 'TracesError';
  }
}

interface SpanSenderProps {
  readonly api: URL | undefined;
  readonly region: string;
  /** @default - those of the task */
  readonly credentials?: ConstructorParameters<typeof SignatureV4>[0]['credentials'];
}

const compress = promisify(gzip);

/**
 * By OTLP over HTTP to X-Ray itself, signed, without an agent beside the task. It takes 5 MB before compression and 10,000 spans of 200 KB a request, JSON
 * or binary, as gzip or as it is (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html, read 2026-11-29).
 */
export function createSpanSender({ api, region, credentials }: SpanSenderProps): SendSpans {
  const url = new URL('/v1/traces', api ?? `https://xray.${region}.amazonaws.com`);
  const signer =
    api === undefined || credentials !== undefined
      ? new SignatureV4({ service: 'xray', region, credentials: credentials ?? defaultProvider(), sha256: Sha256 })
      : undefined; // a stand-in
  return async (spans) => {
    const body = await compress(JsonTraceSerializer.serializeRequest([...spans]) ?? '');
    const unsigned = { host: url.host, 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const response = await asked(async () => {
      const { host: _, ...headers } = signer ? await signedHeaders(signer, url, unsigned, body) : unsigned;
      return fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(requestLimitMs) });
    });
    const answer = await response.text().catch(() => '');
    if (response.ok) return { refused: refusedSpans(answer) };
    throw new TracesError(`${response.status} ${oneLine(answer)}${remedies[response.status] ?? ''}`);
  };
}

async function signedHeaders(
  signer: SignatureV4,
  { hostname, pathname }: URL,
  headers: Record<string, string>,
  body: Buffer,
): Promise<Record<string, string>> {
  const request = new HttpRequest({ method: 'POST', protocol: 'https:', hostname, path: pathname, headers, body });
  return (await signer.sign(request)).headers;
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw new TracesError(error instanceof Error ? error.name : 'no answer', { cause: error });
  }
}

/** What the answer to an OTLP request says of those that were not taken; 0 where it says nothing. */
function refusedSpans(answer: string): number {
  try {
    const { partialSuccess } = JSON.parse(answer) as { partialSuccess?: { rejectedSpans?: number | string } };
    return Number(partialSuccess?.rejectedSpans ?? 0);
  } catch {
    return 0;
  }
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, longestReason);
