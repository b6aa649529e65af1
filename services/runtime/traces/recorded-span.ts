import { type Span as OtelSpan, SpanStatusCode } from '@opentelemetry/api';
import type { RemoteTrace, Span, SpanAttributes } from '../traces';

/** A span of OpenTelemetry's, of which the store uses little. */
export class RecordedSpan implements Span {
  constructor(readonly span: OtelSpan) {}

  get ids(): Required<RemoteTrace> {
    return this.span.spanContext();
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  set(attributes: SpanAttributes): void {
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined) this.span.setAttribute(name, value);
  }

  fail(error: unknown): void {
    const { name, code } = classOf(error);
    this.span.setAttribute('error.type', code ?? name);
    this.span.setStatus({ code: SpanStatusCode.ERROR, message: code === undefined ? name : `${name} ${code}` });
  }

  end(): void {
    this.span.end();
  }
}

/** As `describeError` has it, without its message: PostgreSQL's quotes a value that it could not read. */
function classOf(error: unknown): { readonly name: string; readonly code: string | undefined } {
  if (!(error instanceof Error)) return { name: typeof error, code: undefined };
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? String(error.code) : undefined;
  return { name: error.name, code };
}
