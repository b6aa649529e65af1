import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { hashSync } from 'bcryptjs';
import { type ApiOnParts, startApiOnParts } from '../services/api/api-on-parts';
import { accounts, codeOf, cookieOf } from '../services/api/routes/accounts';
import { type Importer, startImporter } from '../services/migrations/import/importer';
import { setUp } from '../support/set-up';
import { root, shellBlocks, textOf } from './commands-in-documents';

const page = textOf('docs/moving-in.md');
const lines = shellBlocks(page.slice(page.indexOf('## Step by step')))
  .flatMap((block) => block.trim().split('\n'))
  .map((line) => line.trim());
const exports = lines.filter((line) => line.startsWith('sqlite3 '));
const imports = lines.filter((line) => line.startsWith('npm run import -- '));

let api: ApiOnParts;
let importer: Importer;
let folder: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  importer = await started.use(startImporter(api.store));
  await api.reset();
  folder = importer.folder;
  const examples = 'examples/moving-in';
  mkdirSync(join(folder, examples), { recursive: true });
  for (const file of readdirSync(join(root, examples))) copyFileSync(join(root, examples, file), join(folder, examples, file));
});

const { logIn, post } = accounts(() => api);
const time = (text: string): number => Date.parse(text);

/** A drop store's file, on Prisma: names and types of the columns that the document shows are its own, the others are assumed. */
function formerStore(): DatabaseSync {
  const file = join(folder, 'old.db');
  const isNew = !existsSync(file);
  const database = new DatabaseSync(file);
  if (!isNew) return database;
  database.exec(`
    create table "Product" (id text primary key, slug text unique not null, name text not null, description text not null, price real not null,
      category text not null, isActive boolean not null, isLimitedEdition boolean not null, releaseDate datetime, createdAt datetime not null);
    create table "ProductVariant" (id text primary key, productId text not null, name text not null, stock integer not null);
    create table "Customer" (id text primary key, email text unique not null, name text not null, password text, createdAt datetime not null);
    create table "Order" (id text primary key, orderNumber text unique not null, status text not null, createdAt datetime not null,
      customerId text not null, total real not null);
    create table "OrderItem" (id text primary key, orderId text not null, productId text not null, variantId text not null,
      quantity integer not null, price real not null);
    insert into "Product" values
      ('p1', 'runner', 'Runner', 'A shoe, "light"' || char(10) || 'and fast', 129.95, 'Running Shoes', 1, 0, null, ${time('2024-01-01T00:00:00Z')}),
      ('p2', 'drop-hat', 'Drop hat', '', 19.99, 'Hats', 0, 1, ${time('2024-06-01T18:00:00Z')}, ${time('2024-05-01T00:00:00Z')});
    insert into "ProductVariant" values ('v1', 'p1', 'EU 42', 5), ('v2', 'p1', 'EU 43', 0), ('v3', 'p2', 'One size', 0);
    insert into "Customer" values
      ('c1', 'Mia@Example.com', 'Mia', '${hashSync('mia-runs', 4)}', ${time('2024-02-01T00:00:00Z')}),
      ('c2', 'noah@example.com', 'Noah', null, ${time('2024-03-01T00:00:00Z')});
    insert into "Order" values
      ('o1', 'SO-1001', 'DELIVERED', ${time('2024-04-01T10:00:00Z')}, 'c1', 259.9),
      ('o2', 'SO-1002', 'REFUNDED', ${time('2024-06-01T18:00:01Z')}, 'c1', 19.99),
      ('o3', 'SO-1003', 'PENDING', ${time('2024-06-01T18:00:02Z')}, 'c2', 19.99);
    insert into "OrderItem" values
      ('i1', 'o1', 'p1', 'v1', 1, 129.95), ('i2', 'o1', 'p1', 'v2', 1, 129.95), ('i3', 'o2', 'p2', 'v3', 1, 19.99), ('i4', 'o3', 'p2', 'v3', 1, 19.99);`);
  return database;
}

/** For a machine without SQLite's own shell. */
const orStandIn = `command -v sqlite3 > /dev/null || sqlite3() { "${process.execPath}" "${join(__dirname, 'sqlite3.cjs')}" "$@"; }`;

/** A printed export, by SQLite's own shell where there is one. */
function exportBy(line: string): void {
  execFileSync('bash', ['-c', `${orStandIn}\n${line}`], { cwd: folder });
}

/** A printed import, into the store of this test: a deployed one is `test/bin/import.test.ts`. */
async function importBy(line: string): Promise<string> {
  const [kind = '', file = '', ...options] = line
    .slice('npm run import -- '.length)
    .replace('--stack Store-shop --region us-east-1', '--local')
    .split(' ');
  const { code, out, error } = await importer.run(kind, join(folder, file), ...options);
  expect([line, code, code === 0 ? '' : error]).toEqual([line, 0, '']);
  return out.replace(/^.*?: /, '').replace(/; .*\n$/s, '');
}

async function importAll(which: (line: string) => boolean): Promise<readonly string[]> {
  const results: string[] = [];
  for (const line of imports.filter(which)) results.push(await importBy(line));
  return results;
}
const early = (line: string): boolean => line.includes('--local');
const final = (line: string): boolean => line.includes('--stack');

describe('a drop store on SQLite moves in by the commands of the page', () => {
  test('which are all there', () => {
    expect(exports.map((line) => /> (\w+)\.csv$/.exec(line)?.[1])).toEqual(['products', 'customers', 'orders']);
    expect(imports).toHaveLength(6);
  });

  test('early, with all that it has; what waits for its payment stays behind', async () => {
    formerStore().close();
    for (const line of exports) exportBy(line);
    expect(await importAll(early)).toEqual([
      '3 created, 0 changed, 0 unchanged',
      '2 created, 0 changed, 0 unchanged',
      '2 created, 0 changed, 0 unchanged',
    ]);
  });

  test('by a stand-in of SQLite’s shell in the same bytes, but for the ends of lines', () => {
    const [products = ''] = exports;
    const command = products.slice(0, products.indexOf(' >'));
    const standIn = `sqlite3() { ${orStandIn.slice(orStandIn.indexOf('{') + 1)}`;
    const text = execFileSync('bash', ['-c', `${standIn}\n${command}`], { cwd: folder, encoding: 'utf8' });
    expect(text.replaceAll('\r\n', '\n')).toBe(readFileSync(join(folder, 'products.csv'), 'utf8').replaceAll('\r\n', '\n'));
  });

  test('and once more after its freeze: what changed follows, and the stock is that of the moment', async () => {
    const former = formerStore();
    former.exec(`
      update "ProductVariant" set stock = 3 where id = 'v1';
      update "Order" set status = 'PAID' where id = 'o3';
      update "Customer" set password = '${hashSync('mia-runs-on', 4)}' where id = 'c1';`);
    former.close();
    for (const line of exports) exportBy(line);
    expect(await importAll(final)).toEqual([
      '0 created, 1 changed, 2 unchanged',
      '0 created, 1 changed, 1 unchanged',
      '1 created, 0 changed, 2 unchanged',
    ]);
    expect(await importAll(final)).toEqual([
      'nothing to change: 0 created, 0 changed, 3 unchanged',
      'nothing to change: 0 created, 0 changed, 2 unchanged',
      'nothing to change: 0 created, 0 changed, 3 unchanged',
    ]);
  });

  test('so that its products are on sale', async () => {
    const { body } = await api.call('/api/v1/products?category=running-shoes&sort=title');
    expect((body as { items: unknown[] }).items).toMatchObject([
      { slug: 'runner-eu-42', title: 'Runner, EU 42', price: { amountMinor: 12_995, currency: 'USD' } },
      { slug: 'runner-eu-43' },
    ]);
    expect(await importer.sql(`select stock, description, attributes from products where slug = 'runner-eu-42'`)).toEqual([
      { stock: 3, description: 'A shoe, "light"\nand fast', attributes: { variantOf: 'runner', variant: 'EU 42' } },
    ]);
  });

  test('its customers log in by the password that they had last, and see their orders, which nobody refunds here', async () => {
    expect(codeOf(await logIn('mia@example.com', 'mia-runs'))).toBe('wrong-credentials');
    const answer = await logIn('mia@example.com', 'mia-runs-on');
    expect(answer.status).toBe(201);
    const cookie = cookieOf(answer);
    const { body } = await api.call('/api/v1/orders', { cookie });
    const { items: orders } = body as { items: { id: string; formerId: string }[] };
    expect(orders).toMatchObject([
      {
        formerId: 'SO-1002',
        status: 'refunded',
        total: { amountMinor: 1_999 },
        refunded: { amountMinor: 1_999 },
        createdAt: '2024-06-01T18:00:01.000Z',
      },
      { formerId: 'SO-1001', status: 'paid', total: { amountMinor: 25_990, currency: 'USD' }, refunded: { amountMinor: 0 } },
    ]);
    const path = `/api/v1/orders/${orders[1]?.id}`;
    expect((await api.call(path, { cookie })).body).toMatchObject({
      formerId: 'SO-1001',
      paidAt: '2024-04-01T10:00:00.000Z',
      items: [
        { title: 'Runner, EU 42', quantity: 1, unitPrice: { amountMinor: 12_995 } },
        { title: 'Runner, EU 43', quantity: 1 },
      ],
    });
    expect((await api.call(`${path}/payment`, { method: 'POST', cookie })).status).toBe(409);
    const refund = await api.call(`${path}/refunds`, {
      method: 'POST',
      body: {},
      cookie: await api.logIn('admin'),
      headers: { 'idempotency-key': '0199a1b2-0000-7000-8000-000000000001' },
    });
    expect([refund.status, refund.body]).toEqual([
      409,
      expect.objectContaining({
        code: 'order-not-paid',
        detail: 'It was paid in the former store: its money goes back from there',
      }),
    ]);
  });

  test('and who had no password asks for one', async () => {
    expect(codeOf(await logIn('noah@example.com', ''))).not.toBeUndefined();
    expect((await post('auth/password-resets', { email: 'noah@example.com' })).status).toBe(202);
  });
});
