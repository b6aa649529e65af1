import { createHash } from 'node:crypto';
import { setUp } from '../../../support/set-up';
import { countsOf, type Importer, startImporter } from './importer';

let importer: Importer;
setUp(async (started) => {
  importer = await started.use(startImporter());
});

const csv = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;
const header = 'slug,title,priceMinor,currency,brand,categories,stock,available,attributes,keywords,releaseAt';
const shoe = 'red-shoe,Red shoe,4900,EUR,acme,shoes|gifts,7,true,"{""color"":""red""}",running|trail,2027-01-01T08:00:00Z';
const hat = 'hat,"A ""hat"",\nof felt",1900,EUR,acme,hats,0,false,,,';
const productOf = async (slug: string) =>
  (
    await importer.sql(
      `select title, price_minor, list_price_minor, stock, is_available, attributes, keywords, release_at, most_per_customer, restocked_at is not null as restocked,
              (select slug from categories where id = category_id) as main,
              array(select slug from product_categories join categories on categories.id = category_id where product_id = products.id order by slug) as categories,
              array(select change || ' ' || reason from stock_changes where product_id = products.id order by stock_changes.id) as changes
         from products where slug = '${slug}'`,
    )
  )[0];
/** Everything that an import could have touched. */
const everything = async (): Promise<string> =>
  createHash('sha256')
    .update(
      JSON.stringify(
        await importer.sql(
          `select (select json_agg(p order by slug) from products p) as products, (select json_agg(b order by slug) from brands b) as brands,
                  (select json_agg(c order by slug) from categories c) as categories, (select json_agg(s order by id) from stock_changes s) as stock,
                  (select json_agg(s order by id) from stale_tags s) as stale, (select count(*) from import_rows) as rows`,
        ),
      ),
    )
    .digest('hex');
const staleTags = async () =>
  (await importer.sql(`with gone as (delete from stale_tags returning tag) select tag from gone order by tag`)).map(
    ({ tag }) => tag,
  );

const shoeOf = (stock: number) =>
  JSON.stringify({
    slug: 'red-shoe',
    title: 'Red shoe',
    priceMinor: 5100,
    currency: 'EUR',
    brand: 'acme',
    categories: ['gifts', 'hats'],
    stock,
  });
const hatAt = (price: number) => csv('slug,title,priceMinor,currency,brand,categories', `hat,Hat,${price},EUR,acme,hats`);

describe('products', () => {
  it('come with brands and categories that are missing where one says so, and not otherwise', async () => {
    const before = await everything();
    const refused = await importer.bring('products', 'csv', csv(header, shoe, hat));
    expect(refused.code).toBe(1);
    expect(refused.error.split('\n').filter((line) => line.startsWith('  line'))).toEqual([
      '  line 2, brand: got acme; allowed: the slug of a brand of the store: import brands first, or add --create-missing',
      '  line 2, categories: got gifts; allowed: slugs of categories of the store: import categories first, or add --create-missing',
      '  line 2, categories: got shoes; allowed: slugs of categories of the store: import categories first, or add --create-missing',
      '  line 3, brand: got acme; allowed: the slug of a brand of the store: import brands first, or add --create-missing',
      '  line 3, categories: got hats; allowed: slugs of categories of the store: import categories first, or add --create-missing',
    ]);
    expect(await everything()).toBe(before);

    expect(countsOf(await importer.bring('products', 'csv', csv(header, shoe, hat), '--create-missing'))).toBe(
      '2 created, 0 changed, 0 unchanged',
    );
    expect(await productOf('red-shoe')).toEqual({
      title: 'Red shoe',
      price_minor: 4900,
      list_price_minor: null,
      stock: 7,
      is_available: true,
      attributes: { color: 'red' },
      keywords: ['running', 'trail'],
      release_at: new Date('2027-01-01T08:00:00Z'),
      most_per_customer: null,
      restocked: false,
      main: 'shoes',
      categories: ['gifts', 'shoes'],
      changes: ['7 imported'],
    });
    expect(await productOf('hat')).toMatchObject({ title: 'A "hat",\nof felt', stock: 0, is_available: false, changes: [] });
    expect(await staleTags()).toEqual(['brands', 'categories', 'products']);
    expect(await importer.sql(`select name from brands`)).toEqual([{ name: 'Acme' }]);
  });

  it('are the same after the same file again, which says so and touches nothing', async () => {
    const before = await everything();
    const again = await importer.bring('products', 'csv', csv(header, shoe, hat));
    expect(again.out).toMatch(/nothing to change: 0 created, 0 changed, 2 unchanged; \d+ s\n$/);
    expect(await everything()).toBe(before);
  });

  it('change where the file differs; what it does not tell stays, and so does the stock', async () => {
    const other = csv('slug,title,priceMinor,currency,brand,categories,stock', 'red-shoe,Red shoe,5100,EUR,acme,gifts|hats,3');
    expect(countsOf(await importer.bring('products', 'csv', other))).toBe('0 created, 1 changed, 0 unchanged');
    expect(await productOf('red-shoe')).toMatchObject({
      price_minor: 5100,
      stock: 7,
      is_available: true,
      attributes: { color: 'red' },
      keywords: ['running', 'trail'],
      main: 'gifts',
      categories: ['gifts', 'hats'],
      changes: ['7 imported'],
    });
    const [{ id } = { id: '' }] = await importer.sql(`select id from products where slug = 'red-shoe'`);
    expect(await staleTags()).toEqual([`product:${String(id)}`, 'products']);
  });

  it('have the file’s stock where one says so, with a row that tells it, and tell when they are there again', async () => {
    expect(countsOf(await importer.bring('products', 'json', shoeOf(0), '--set-stock'))).toBe(
      '0 created, 1 changed, 0 unchanged',
    );
    expect(await productOf('red-shoe')).toMatchObject({ stock: 0, restocked: false, changes: ['7 imported', '-7 imported'] });
    await importer.bring('products', 'json', shoeOf(4), '--set-stock');
    expect(await productOf('red-shoe')).toMatchObject({
      stock: 4,
      restocked: true,
      changes: ['7 imported', '-7 imported', '4 imported'],
    });
  });

  it('keep a discount that holds: the file has the price without it', async () => {
    await importer.sql(
      `select from set_discount((select id from products where slug = 'hat'), 10, now() - interval '1 hour', null)`,
    );
    await importer.bring('products', 'csv', hatAt(1_900));
    expect(await productOf('hat')).toMatchObject({ title: 'Hat', price_minor: 1_710, list_price_minor: 1_900 });
    for (const price of [2_000, 1_800]) {
      // 1,800 is what a customer pays for 2,000
      expect(countsOf(await importer.bring('products', 'csv', hatAt(price)))).toBe('0 created, 1 changed, 0 unchanged');
      expect(await productOf('hat')).toMatchObject({ price_minor: price * 0.9, list_price_minor: price });
      expect(countsOf(await importer.bring('products', 'csv', hatAt(price)))).toContain('1 unchanged');
    }
  });

  it('that are bad are told by line, all together, with what is allowed, and none is imported', async () => {
    const before = await everything();
    await importer.sql(`update products set is_available = false, archived_at = now() where slug = 'hat'`);
    const archived = await everything();
    expect(archived).not.toBe(before);
    const { code, out, error } = await importer.bring(
      'products',
      'csv',
      csv(
        'slug,title,priceMinor,currency,brand,categories,available',
        'good,Good,100,EUR,acme,hats,true',
        'Bad Slug,Bad,free,euro,acme,hats,perhaps',
        'good,Twice,100,EUR,acme,hats,true',
        'short,Short,100',
        'hat,Hat,2000,EUR,nobody,hats|nowhere,true',
        ',,,,,,',
      ),
      '--dry-run',
    );
    expect([code, out]).toEqual([1, '']);
    const lines = error.split('\n').filter((line) => line.startsWith('  line'));
    expect(lines).toEqual([
      expect.stringMatching(/^ {2}line 3, slug: got "Bad Slug"; allowed: /),
      expect.stringMatching(/^ {2}line 3, priceMinor: got "free"; allowed: .*expected (int|number)/),
      expect.stringMatching(/^ {2}line 3, currency: got "euro"; allowed: /),
      expect.stringMatching(/^ {2}line 3, available: got "perhaps"; allowed: .*expected boolean/),
      expect.stringMatching(/^ {2}line 4, slug: got good of line 2; allowed: each one once in a file/),
      expect.stringMatching(/^ {2}line 5: got 3 cells; allowed: 7, as the header has/),
      expect.stringMatching(/^ {2}line 6, brand: got nobody; /),
      expect.stringMatching(/^ {2}line 6, categories: got nowhere; /),
      expect.stringMatching(/^ {2}line 6, available: got true; allowed: false: the product is archived/),
      ...['slug', 'title', 'priceMinor', 'currency', 'brand', 'categories'].map((field) =>
        expect.stringMatching(new RegExp(`^ {2}line 7, ${field}: got nothing; allowed: `)),
      ),
    ]);
    expect(error).toContain(`products.csv has ${lines.length} problems, and nothing was imported:`);
    expect(await everything()).toBe(archived);
  });

  it('are tried out by --dry-run, which says what would be and keeps nothing', async () => {
    const before = await everything();
    const { code, out } = await importer.bring(
      'products',
      'csv',
      csv(header, shoe.replace('red-shoe', 'blue-shoe')),
      '--dry-run',
    );
    expect([code, out]).toEqual([0, expect.stringMatching(/1 created, 0 changed, 0 unchanged; \d+ s\. Nothing was kept/)]);
    expect(await everything()).toBe(before);
  });

  it('come one import at a time: another one says so and imports nothing', async () => {
    const other = await importer.rds.connect('postgres');
    try {
      await other.query('begin; select pg_advisory_xact_lock(5318008022)');
      const { code, error } = await importer.bring('products', 'csv', csv(header, shoe));
      expect([code, error]).toEqual([
        1,
        expect.stringMatching(
          /Another import into the store on this machine is under way, and nothing was imported → try again later\n$/,
        ),
      ]);
    } finally {
      await other.end();
    }
  });

  it('are left as they were by an import that fails, which says so without a stack trace at the terminal', async () => {
    const before = await everything();
    await importer.sql(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
       create trigger refuse before insert on products for each row when (new.slug = 'last') execute function refuse()`,
    );
    const rows = [...Array.from({ length: 2_500 }, (_, index) => `new-${index}`), 'last'];
    const { code, error } = await importer.bring(
      'products',
      'csv',
      csv('slug,title,priceMinor,currency,brand,categories', ...rows.map((slug) => `${slug},New,100,EUR,other,others`)),
      '--create-missing',
    );
    await importer.sql('drop trigger refuse on products; drop function refuse');
    expect([code, error]).toEqual([1, expect.stringMatching(/It failed, and nothing was imported: Importing failed: no\n$/)]);
    expect(await everything()).toBe(before);
  });

  it('of 10,000 rows come whole, with progress, in either form', async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => ({
      slug: `many-${index}`,
      title: `Product ${index}`,
      priceMinor: 100 + index,
      currency: 'EUR',
      brand: `brand-${index % 20}`,
      categories: [`category-${index % 30}`, 'hats'],
      stock: index % 3,
    }));
    const asCsv = csv(
      'slug,title,priceMinor,currency,brand,categories,stock',
      ...rows.map(({ categories, ...row }) =>
        [row.slug, row.title, row.priceMinor, row.currency, row.brand, categories.join('|'), row.stock].join(','),
      ),
    );
    const first = await importer.bring('products', 'csv', asCsv, '--create-missing');
    expect(countsOf(first)).toBe('10,000 created, 0 changed, 0 unchanged');
    expect(first.error).toMatch(/^Uploading .*products\.csv …$/m);
    expect(first.error).toMatch(/^(Reading|Checking|Writing): [\d,]+ rows …$/m);
    expect(countsOf(await importer.bring('products', 'json', rows.map((row) => JSON.stringify(row)).join('\n')))).toBe(
      'nothing to change: 0 created, 0 changed, 10,000 unchanged',
    );
    expect(countsOf(await importer.bring('products', 'json', JSON.stringify(rows)))).toBe(
      'nothing to change: 0 created, 0 changed, 10,000 unchanged',
    );
    expect(await importer.sql(`select count(*)::int, sum(stock)::int as stock from products where slug like 'many-%'`)).toEqual([
      { count: 10_000, stock: 9_999 },
    ]);
  });
});
