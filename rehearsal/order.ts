import type { StripeStandIn } from '../bin/local/parts/stripe';
import { seededUsers } from '../bin/local/seed';
import { type Answered, apiAt } from '../test/services/faults/running-api';
import { eventually } from '../test/services/parts/eventually';
import { RehearsalError } from './commands';

const { email, password } = seededUsers.customer;

interface Product {
  readonly id: string;
  readonly availability: string;
  readonly mostPerCustomer: number | null;
}

/** An order, for programs and for people. */
export interface BoughtOrder {
  readonly id: string;
  readonly number: string;
}

/** Logs in, reserves, checks out and pays, as a customer's browser and Stripe do. Gives the order once it is paid. @throws RehearsalError */
export async function buy(port: number, stripe: StripeStandIn): Promise<BoughtOrder> {
  const api = apiAt(port);
  const logIn = await api.call('/api/v1/auth/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  answers('Logging in', 201, logIn);
  const customer = { id: '', email, cookie: logIn.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
  const { items } = answers('The catalogue', 200, await api.call('/api/v1/products')) as { items?: readonly Product[] };
  const product = items?.find(({ availability, mostPerCustomer }) => availability === 'in-stock' && mostPerCustomer === null);
  if (product === undefined)
    throw new RehearsalError('The catalogue has no product that the same customer may have any number of');
  const { unitPrice } = answers('Reserving', 200, await api.reserve(customer, product.id));
  const { amountMinor } = unitPrice as { amountMinor: number };
  const order = answers('Checking out', 201, await api.checkOut(customer, undefined, {}, amountMinor));
  const [id, number] = [String(order['id']), String(order['number'])];
  const intent = stripe.intents().find(({ metadata }) => metadata['orderId'] === id);
  if (intent === undefined) throw new RehearsalError(`Stripe has no payment of order ${id}`);
  answers('The webhook of Stripe', 200, await api.webhook(stripe.event('payment_intent.succeeded', intent.id)));
  await eventually(`order ${id} is paid`, async () => {
    const { body } = await api.call(`/api/v1/orders/${id}`, { customer });
    return body['status'] === 'paid';
  });
  return { id, number };
}

/** Looks at a page of products, so many that each node of a cluster gets some. @throws RehearsalError */
export async function look(port: number): Promise<void> {
  const api = apiAt(port);
  const { items } = answers('Looking at the products', 200, await api.call('/api/v1/products'));
  for (const { id } of items as readonly { readonly id: string }[])
    answers(`Looking at ${id}`, 200, await api.call(`/api/v1/products/${id}`));
}

function answers(what: string, expected: number, { status, body }: Answered): Answered['body'] {
  if (status === expected) return body;
  throw new RehearsalError(`${what} was answered with ${status}, expected ${expected}: ${JSON.stringify(body)}`);
}
