import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { PaymentEventType } from '../../../services/contract';
import { type SignedEvent, signedEvent } from './stripe-event';
import { type StripeIntent, StripeLedger, type StripeRefund, StripeRefusal } from './stripe-ledger';

/** How the next request fails: as Stripe says it; or it is done, and the connection is cut before the answer. */
export type StripeFailure = 'declined' | 'rate limited' | 'broken' | 'key refused' | 'answer lost';

export interface StripeStandIn {
  readonly port: number;
  readonly url: string;
  /** The next request fails so; told several times, as many. */
  failNext(kind: StripeFailure): void;
  /** What was told and has not failed yet does not. */
  failNone(): void;
  /** Requests get no answer until the function that it gives is called. */
  hang(): () => void;
  intents(): readonly StripeIntent[];
  refunds(): readonly StripeRefund[];
  /** The customer pays, or the intent is cancelled: what `event` tells of has happened first, unless it has before. */
  event(type: PaymentEventType, intentId: string, options?: EventOptions): SignedEvent;
  stop(): Promise<void>;
}

export interface EventOptions {
  /** @default - now */
  readonly at?: Date;
  /** Of a dispute. @default needs_response; of one that is closed lost */
  readonly disputeStatus?: string;
}

export interface StripeOptions {
  readonly webhookSecret: string;
  /** @default - a free one */
  readonly port?: number;
  /** Where payments are kept from one start to the next. @default - nowhere */
  readonly file?: string;
  /** Told of what happens at Stripe itself, such as a payment that somebody confirms; sends the webhook. */
  readonly deliver?: (event: SignedEvent) => void;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

const failures: Readonly<Record<Exclude<StripeFailure, 'answer lost'>, Answer>> = {
  declined: refusal(402, 'card_error', 'card_declined', 'Your card was declined.'),
  'rate limited': refusal(429, 'invalid_request_error', 'rate_limit', 'Too many requests.'),
  'key refused': refusal(401, 'invalid_request_error', undefined, 'Invalid API Key provided: sk_test_****'),
  broken: refusal(500, 'api_error', 'api_error', 'Something went wrong on our end.'),
};

/**
 * As much of Stripe as the store uses, on 127.0.0.1: payment intents, cancelling, refunds, idempotency keys, signed events. One route
 * is the customer's: `POST /v1/payment_intents/:id/confirm` pays, and takes the client secret for the id, too.
 */
export async function startStripe({ webhookSecret, port = 0, file, deliver }: StripeOptions): Promise<StripeStandIn> {
  const ledger = new StripeLedger(file !== undefined && existsSync(file) ? readKept(file) : undefined);
  const keep = (): void => {
    if (file !== undefined) writeFileSync(file, JSON.stringify({ intents: ledger.intents, refunds: ledger.refunds }));
  };
  const answered = new Map<string, { readonly request: string; readonly answer: Answer }>();
  const failing: StripeFailure[] = [];
  let held: Promise<void> | undefined;

  const objectOf = (type: PaymentEventType, id: string, { disputeStatus }: EventOptions) => {
    if (type === 'refund.failed') return ledger.failRefund(id);
    if (type.startsWith('refund.')) return ledger.lastRefund(id);
    if (!type.startsWith('charge.dispute.')) return ledger.intent(id);
    return ledger.dispute(id, disputeStatus ?? (type === 'charge.dispute.closed' ? 'lost' : 'needs_response'));
  };
  const event = (type: PaymentEventType, id: string, options: EventOptions = {}): SignedEvent => {
    if (ledger.intent(id).status === 'requires_payment_method') {
      if (type === 'payment_intent.succeeded') ledger.succeed(id);
      if (type === 'payment_intent.canceled') ledger.cancel(id);
    }
    const signed = signedEvent(type, objectOf(type, id, options), webhookSecret, options.at);
    keep();
    return signed;
  };
  const delivered = (type: PaymentEventType, object: StripeIntent | StripeRefund): Answer => {
    deliver?.(signedEvent(type, object, webhookSecret));
    return ok(object);
  };
  const route = (method: string, path: string, form: URLSearchParams): Answer => {
    const [, resource, given = '', action] = /^\/v1\/(payment_intents|refunds)(?:\/(\w+)(?:\/(\w+))?)?$/.exec(path) ?? [];
    const [id = ''] = given.split('_secret_'); // a customer knows the client secret, which begins with it
    switch (`${method} ${resource}${id && ' id'}${action === undefined ? '' : ` ${action}`}`) {
      case 'POST payment_intents':
        return ok(ledger.create(Number(form.get('amount')), form.get('currency') ?? '', metadataOf(form)));
      case 'GET payment_intents id':
        return ok(ledger.intent(id));
      case 'POST payment_intents id cancel':
        return delivered('payment_intent.canceled', ledger.cancel(id));
      case 'POST payment_intents id confirm':
        return delivered('payment_intent.succeeded', ledger.succeed(id));
      case 'POST refunds':
        return delivered('refund.created', ledger.refund(form.get('payment_intent') ?? '', numberOf(form, 'amount')));
      default:
        throw new StripeRefusal(404, 'resource_missing', `Unrecognized request URL (${method}: ${path})`);
    }
  };
  const answerTo = (request: IncomingMessage, body: string): Answer => {
    const [path = ''] = (request.url ?? '').split('?');
    const method = request.method ?? '';
    const key = request.headers['idempotency-key'];
    const same = `${method} ${path} ${body}`;
    const before = typeof key === 'string' ? answered.get(key) : undefined;
    if (before?.request === same) return before.answer;
    if (before !== undefined) return refusal(400, 'idempotency_error', undefined, 'The key was used with other parameters.');
    try {
      const answer = route(method, path, new URLSearchParams(body));
      if (typeof key === 'string') answered.set(key, { request: same, answer });
      keep();
      return answer;
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
      return refusal(error.status, 'invalid_request_error', error.code, error.message, error.param);
    }
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    await held;
    const failure = failing.shift();
    const answer = failure === undefined || failure === 'answer lost' ? answerTo(request, body) : failures[failure];
    if (failure === 'answer lost') request.socket.destroy();
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  };

  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const taken = (server.address() as AddressInfo).port;
  return {
    port: taken,
    url: `http://127.0.0.1:${taken}`,
    failNext: (kind) => void failing.push(kind),
    failNone: () => void failing.splice(0),
    hang: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return () => {
        held = undefined;
        resolve();
      };
    },
    intents: () => ledger.intents,
    refunds: () => ledger.refunds,
    event,
    stop: async () => {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
  };
}

const ok = (body: object): Answer => ({ status: 200, body });

function refusal(status: number, type: string, code: string | undefined, message: string, param?: string): Answer {
  return { status, body: { error: { type, code, message, param } } };
}

const numberOf = (form: URLSearchParams, name: string): number | undefined =>
  form.has(name) ? Number(form.get(name)) : undefined;

/** Stripe's SDK writes nested parameters as `metadata[orderId]`. */
function metadataOf(form: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => {
      const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
      return key === undefined ? [] : [[key, value] as const];
    }),
  );
}

const readKept = (file: string) =>
  JSON.parse(readFileSync(file, 'utf8')) as { intents: readonly StripeIntent[]; refunds: readonly StripeRefund[] };
