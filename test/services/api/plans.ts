import type { Client } from 'pg';
import { databaseRoles } from '../../../services/contract';
import type { Started } from '../../support/started';
import { type StoreDatabase, startStoreDatabase } from '../parts/store-database';
import { business } from './business';
import { guestCartsOfBusiness } from './guest-carts-of-business';
import { picturesOfBusiness } from './pictures-of-business';
import { reviewsOfBusiness } from './reviews-of-business';

let client: Client;
/** Of things that are there. */
export let ids: Readonly<Record<'user' | 'order' | 'product', string>>;

/** A store with this in it, whose plans a file of tests asks for. */
export async function preparePlans(started: Started, data: string): Promise<StoreDatabase> {
  const store = await started.use(startStoreDatabase());
  await store.query(data);
  await store.query('vacuum analyze');
  client = await store.connect(databaseRoles.app);
  started.defer(() => client.end());
  return store;
}

/** The same of a store in business. */
export async function startPlans(started: Started): Promise<void> {
  const store = await preparePlans(started, `${business};${picturesOfBusiness};${reviewsOfBusiness};${guestCartsOfBusiness}`);
  const [row] = await store.query(`
    select (select user_id from orders order by id limit 1) as user, (select id from orders order by id limit 1) as order,
           (select id from products where is_available order by created_at limit 1 offset 5000) as product`);
  ids = row as typeof ids;
}

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  /** Of what was run, too. */
  readonly 'Actual Loops'?: number;
  readonly Plans?: readonly Node[];
}

/** What PostgreSQL would do for these very values: every step of it. `analyze`: it is done. */
export async function planOf({ text, values }: Statement, { analyze = false } = {}): Promise<readonly Node[]> {
  const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Node }[] }>(`explain (analyze ${analyze}, format json) ${text}`, [
    ...values,
  ]);
  const withInner = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(withInner)];
  return (rows[0]?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => withInner(Plan));
}

export const indexesOf = (plan: readonly Node[]): readonly string[] => plan.flatMap((node) => node['Index Name'] ?? []);

/** These do not grow with the business: PostgreSQL may read them from one end to the other. */
const small = new Set(['brands', 'categories']);
export const readWhole = (plan: readonly Node[]): readonly string[] =>
  plan
    .filter((node) => node['Node Type'] === 'Seq Scan')
    .flatMap((node) => node['Relation Name'] ?? [])
    .filter((table) => !small.has(table));

/** In the middle of the products, and before all orders. */
export const places = {
  newest: String(Date.now() * 1_000),
  featured: `0${Date.now() * 1_000}`,
  price: '5000',
  '-price': '5000',
  title: 'Soft Linen Shoe',
  relevance: '0.1',
};
