import { randomUUID } from 'node:crypto';
import { hashOfToken } from '../../../services/accounts/token';
import type { PaymentEventType } from '../../../services/contract';
import { databaseName, databaseRoles } from '../../../services/contract';
import { checkOut, keepPaymentIntent } from '../../../services/orders/check-out';
import type { OrderNews } from '../../../services/orders/news';
import { reserve } from '../../../services/orders/reserve';
import { createDatabase, type Database } from '../../../services/runtime/database';
import { type Started, startTogether } from '../../support/started';
import { collectedLog } from '../parts/collected-log';
import { type Rds, startRds } from '../parts/rds';

export interface Order {
  readonly id: string;
  readonly productId: string;
  readonly intentId: string;
  readonly totalMinor: number;
  readonly email: string;
}

export interface OrderOptions {
  readonly stock?: number;
  readonly quantity?: number;
  /** @default - a product of its own */
  readonly productId?: string;
  /** @default - one that Stripe does not know */
  readonly intentId?: string;
}

export interface EventChanges {
  readonly amountMinor?: number;
  readonly currency?: string;
  /** Of a refund or a dispute. */
  readonly objectId?: string;
  readonly objectStatus?: string;
}

/** A database as the migrations leave it, and what happens to it before a job sees it. */
export interface Store {
  readonly rds: Rds;
  /** The worker's own. */
  readonly database: Database;
  readonly user: () => Promise<{ readonly id: string; readonly email: string }>;
  readonly product: (stock: number) => Promise<string>;
  readonly stockOf: (productId: string) => Promise<number>;
  /** One line in the cart of a new user. */
  readonly reservation: (options?: OrderOptions) => Promise<{ readonly userId: string; readonly productId: string }>;
  /** An order of a new user that waits for its payment. */
  readonly order: (options?: OrderOptions) => Promise<Order>;
  readonly statusOf: (order: Order) => Promise<string>;
  /** The time to pay for it is over; a worker may notice it from now on. */
  readonly expire: (order: Order) => Promise<void>;
  /** As the API stores an event of Stripe; the id of the event. */
  readonly event: (order: Order, type: PaymentEventType, changes?: EventChanges) => Promise<string>;
  /** As if its customer were to be told that; the id of the announcement. */
  readonly announce: (type: OrderNews, order: Pick<Order, 'id'>) => Promise<string>;
  /** What the link with this token is for; an empty object where there is none. */
  readonly linkOf: (token: string) => Promise<Record<string, unknown>>;
  /** Until a statement of the worker's waits for another transaction. */
  readonly untilLocked: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const startStore = (): Promise<Store> => startTogether(build);

async function build(started: Started): Promise<Omit<Store, 'stop'>> {
  const rds = await started.use(startRds('migrated'));
  const database = createDatabase(
    {
      writer: { host: '127.0.0.1', port: rds.port },
      readers: [],
      name: databaseName,
      user: databaseRoles.worker,
      connections: 10,
      login: 'none',
      region: 'eu-west-1',
    },
    collectedLog().log,
  );
  started.defer(() => database.close());
  const { writer } = database;
  const one = async (text: string, values: readonly unknown[]): Promise<Record<string, unknown>> => {
    const { rows } = await writer.query<Record<string, unknown>>(text, [...values]);
    return rows[0] ?? {};
  };
  const shelf = await one(
    `with brand as (insert into brands (slug, name) values ('acme', 'Acme') returning id),
          category as (insert into categories (slug, name) values ('shoes', 'Shoes') returning id)
     select brand.id as brand, category.id as category from brand, category`,
    [],
  );
  const user: Store['user'] = async () => {
    const email = `${randomUUID()}@example.com`;
    const row = await one(`insert into users (email, name, password_hash) values ($1, 'Ann', 'none') returning id`, [email]);
    return { id: String(row['id']), email };
  };
  const product: Store['product'] = async (stock) => {
    const row = await one(
      `insert into products (slug, title, price_minor, currency, stock, is_available, brand_id, category_id)
       values ($1, 'Shoe <left>', 1999, 'EUR', $2, true, $3, $4) returning id`,
      [randomUUID(), stock, shelf['brand'], shelf['category']],
    );
    return String(row['id']);
  };
  const reserved = async ({ stock = 10, quantity = 1, ...options }: OrderOptions) => {
    const { id: userId, email } = await user();
    const productId = options.productId ?? (await product(stock));
    const { outcome } = await reserve(writer, userId, productId, quantity);
    if (outcome !== 'reserved') throw new Error(outcome);
    return { userId, email, productId };
  };
  return {
    rds,
    database,
    user,
    product,
    stockOf: async (id) => Number((await one('select stock from products where id = $1', [id]))['stock']),
    reservation: (options = {}) => reserved(options),
    order: async (options = {}) => {
      const { userId, email, productId } = await reserved(options);
      const result = await checkOut(writer, {
        userId,
        idempotencyKey: randomUUID(),
        expectedTotalMinor: 1_999 * (options.quantity ?? 1),
      });
      if (!('order' in result)) throw new Error(result.outcome);
      const { id, totalMinor } = result.order;
      const intentId = options.intentId ?? `pi_${randomUUID()}`;
      await keepPaymentIntent(writer, id, intentId);
      return { id, productId, intentId, totalMinor, email };
    },
    statusOf: async ({ id }) => String((await one('select status from orders where id = $1', [id]))['status']),
    expire: async ({ id }) => {
      await writer.query(`update orders set expires_at = now() - interval '1 second' where id = $1`, [id]);
    },
    event: async (order, type, changes = {}) => {
      const received = type === 'payment_intent.succeeded' ? order.totalMinor : 0;
      const row = await one(
        `insert into payment_events (id, type, payment_intent_id, order_id, amount_minor, currency, occurred_at, object_id, object_status)
         values ($1, $2, $3, $4, $5, $6, now(), $7, $8) returning id`,
        [
          `evt_${randomUUID()}`,
          type,
          order.intentId,
          order.id,
          changes.amountMinor ?? received,
          changes.currency ?? 'EUR',
          changes.objectId ?? null,
          changes.objectStatus ?? null,
        ],
      );
      return String(row['id']);
    },
    announce: async (type, { id }) =>
      String((await one('insert into announcements (type, order_id) values ($1, $2) returning id', [type, id]))['id']),
    linkOf: (token) =>
      one(
        'select purpose, user_id as "userId", registration_id as "registrationId", email from account_links where token_hash = $1',
        [hashOfToken(token)],
      ),
    untilLocked: async () => {
      const query = `select from pg_stat_activity where usename = '${databaseRoles.worker}' and wait_event_type = 'Lock'`;
      while ((await rds.sql(query)).length === 0);
    },
  };
}
