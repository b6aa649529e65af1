/** Names and values that a span may hold: names of OpenTelemetry's semantic conventions, and never what a customer or a row has in it (docs/security.md). */
export type SpanAttributes = Readonly<Record<string, string | number | undefined>>;

/** A unit of work, or one call that it makes. */
export interface Span {
  rename(name: string): void;
  set(attributes: SpanAttributes): void;
  /** Says of what class and code the error is; never its message, which may quote a row. */
  fail(error: unknown): void;
  end(): void;
}

/** Ids of a trace that began elsewhere, and of the span there that caused this one. */
export interface RemoteTrace {
  readonly traceId: string;
  readonly spanId?: string;
}

interface SpanStart {
  readonly name: string;
  readonly attributes?: SpanAttributes;
}

export interface UnitOfWork extends SpanStart {
  readonly kind: 'server' | 'consumer';
  /** @default - a trace begins here */
  readonly from?: RemoteTrace | undefined;
}

export interface CallStart extends SpanStart {
  readonly kind: 'client' | 'producer';
}

/** Attributes of a message by which whoever handles it goes on with its trace, or leaves it out too. */
export interface TraceOfMessage {
  /** W3C Trace Context. */
  readonly traceparent: string;
  /** The same for X-Ray. */
  readonly awsTraceHeader: string;
}

/**
 * What records traces. Where they are off there is none, and nothing of this is loaded. Without a unit that is recorded, every other call of it
 * is a look at one variable.
 */
export interface Traces {
  /** Whether the next unit of work is to be recorded: our own dice, whatever a client says. */
  dice(): boolean;
  /** Records a unit of work and the calls that it makes until it ends. */
  unit<T>(start: UnitOfWork, work: (span: Span) => Promise<T>): Promise<T>;
  /** Runs a call, recorded where its unit is. */
  call<T>(start: CallStart, call: (span: Span | undefined) => Promise<T>): Promise<T>;
  /** The same of a call that ends in a callback; undefined where nothing is recorded. `start` is asked for where something is. */
  begin(start: () => CallStart): Span | undefined;
  /** A callback that goes on with the unit of whoever gives it, whoever calls it. */
  bind<F extends (...parameters: never[]) => unknown>(callback: F): F;
  /** Of a message that `span` sends; undefined: one that says that nothing is recorded. */
  ofMessage(span: Span | undefined): TraceOfMessage;
  /** For every log line: the id of the trace of its unit, where that is recorded. */
  logFields(): Readonly<Record<string, string>>;
  /** Sends what has not been sent, for a few seconds at the most. */
  close(): Promise<void>;
}

export interface TraceSettings {
  /** Of units that are recorded: above 0, 1 at the most. */
  readonly share: number;
  /** A stand-in on loopback. @default - X-Ray */
  readonly api: URL | undefined;
}
