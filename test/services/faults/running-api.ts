import { randomUUID } from 'node:crypto';
import type { RunningService } from '../../../bin/local/parts/service';
import type { SignedEvent } from '../../../bin/local/parts/stripe-event';
import { paymentEventsPath, viewerAddressHeader } from '../../../services/contract';
import type { Customer } from './running-store';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** Of JSON; empty where there is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

interface Call {
  readonly method?: string;
  readonly customer?: Customer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ApiClient {
  call(path: string, call?: Call): Promise<Answered>;
  product(id: string): Promise<Answered>;
  /** Of the database, not of the cache: a list that nobody has asked for before. */
  list(): Promise<Answered>;
  cart(customer: Customer): Promise<Answered>;
  reserve(customer: Customer, productId: string, quantity?: number): Promise<Answered>;
  checkOut(
    customer: Customer,
    key?: string,
    headers?: Readonly<Record<string, string>>,
    expectedTotalMinor?: number,
  ): Promise<Answered>;
  logOut(customer: Customer): Promise<Answered>;
  webhook(event: SignedEvent): Promise<Answered>;
}

export interface RunningApi extends RunningService, ApiClient {}

let callers = 0;

/** One of the API's processes, asked over HTTP: each time from another address, so that no limit counts unless it is given. */
export function apiAt(port: number): ApiClient {
  const call: ApiClient['call'] = async (path, { method = 'GET', customer, headers = {}, body } = {}) => {
    const caller = ++callers;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        [viewerAddressHeader]: `10.${caller >> 16}.${(caller >> 8) & 255}.${caller & 255}`,
        ...(customer && { cookie: customer.cookie }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const answer = text === '' ? {} : (JSON.parse(text) as Answered['body']);
    return { status: response.status, headers: response.headers, body: answer };
  };
  return {
    call,
    product: (id) => call(`/api/v1/products/${id}`),
    list: () => call(`/api/v1/products?maxPriceMinor=${10_000 + callers}`),
    cart: (customer) => call('/api/v1/cart', { customer }),
    reserve: (customer, productId, quantity = 1) =>
      call(`/api/v1/cart/items/${productId}`, {
        method: 'PUT',
        customer,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ quantity }),
      }),
    checkOut: (customer, key = randomUUID(), headers = {}, expectedTotalMinor = 1_999) =>
      call('/api/v1/orders', {
        method: 'POST',
        customer,
        headers: { 'idempotency-key': key, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ expectedTotalMinor }),
      }),
    logOut: (customer) => call('/api/v1/auth/session', { method: 'DELETE', customer }),
    webhook: ({ payload, headers }) => call(paymentEventsPath, { method: 'POST', headers: { ...headers }, body: payload }),
  };
}

/** So many ask, each again as soon as it is answered, until `end`, which gives all answers. */
export function keepAsking(askers: number, ask: (asker: number) => Promise<Answered>) {
  const answers: Answered[] = [];
  const ended = new AbortController();
  const all = Promise.all(
    Array.from({ length: askers }, async (_, asker) => {
      while (!ended.signal.aborted) answers.push(await ask(asker));
    }),
  );
  all.catch(() => undefined); // `end` tells
  return {
    end: async (): Promise<readonly Answered[]> => {
      ended.abort();
      await all;
      return answers;
    },
  };
}

export const statuses = (answers: readonly Answered[]): readonly number[] => [...new Set(answers.map(({ status }) => status))];
