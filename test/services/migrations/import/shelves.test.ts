import { setUp } from '../../../support/set-up';
import { countsOf, type Importer, startImporter } from './importer';

let importer: Importer;
setUp(async (started) => {
  importer = await started.use(startImporter());
});

const brandsCsv = (...lines: readonly string[]) => ['slug,name,description,logoUrl', ...lines, ''].join('\n');
const categoriesCsv = (...lines: readonly string[]) => ['slug,name,parent', ...lines, ''].join('\n');
const tree = () =>
  importer.sql(
    'select c.slug, parent.slug as parent from categories c left join categories parent on parent.id = c.parent_id order by c.slug',
  );

describe('brands', () => {
  it('come, are the same, and change', async () => {
    const both = brandsCsv('acme,Acme,,https://example.com/logo.svg', 'zeta,Zeta,Last,');
    expect(countsOf(await importer.bring('brands', 'csv', both))).toBe('2 created, 0 changed, 0 unchanged');
    expect(countsOf(await importer.bring('brands', 'csv', both))).toBe('nothing to change: 0 created, 0 changed, 2 unchanged');
    expect(countsOf(await importer.bring('brands', 'csv', brandsCsv('acme,ACME,,')))).toBe('0 created, 1 changed, 0 unchanged');
    expect(await importer.sql('select slug, name, description, logo_url from brands order by slug')).toEqual([
      { slug: 'acme', name: 'ACME', description: '', logo_url: 'https://example.com/logo.svg' },
      { slug: 'zeta', name: 'Zeta', description: 'Last', logo_url: null },
    ]);
  });
});

describe('categories', () => {
  it('come below parents of the store or of the same file, wherever these stand', async () => {
    const file = categoriesCsv('boots,Boots,shoes', 'shoes,Shoes,', 'hats,Hats,');
    expect(countsOf(await importer.bring('categories', 'csv', file))).toBe('3 created, 0 changed, 0 unchanged');
    expect(await tree()).toEqual([
      { slug: 'boots', parent: 'shoes' },
      { slug: 'hats', parent: null },
      { slug: 'shoes', parent: null },
    ]);
    expect(countsOf(await importer.bring('categories', 'csv', file))).toBe(
      'nothing to change: 0 created, 0 changed, 3 unchanged',
    );
    expect(countsOf(await importer.bring('categories', 'csv', categoriesCsv('hats,Hats,shoes')))).toBe(
      '0 created, 1 changed, 0 unchanged',
    );
  });

  it('are not below themselves, nor below what is not there', async () => {
    const before = await tree();
    const { code, error } = await importer.bring('categories', 'csv', categoriesCsv('shoes,Shoes,boots', 'socks,Socks,'));
    expect(code).toBe(1);
    expect(error).toContain('line 2, parent: got boots; allowed: a category that is not below this one');
    expect((await importer.bring('categories', 'csv', categoriesCsv('ties,Ties,nowhere'))).error).toContain(
      'line 2, parent: got nowhere; allowed: the slug of a category of the store or of the file',
    );
    expect(await tree()).toEqual(before);
  });

  it('are the only kind that takes a parent, and products the only one that takes options of theirs', async () => {
    const { code, error } = await importer.bring('categories', 'csv', categoriesCsv('a,A,'), '--set-stock', '--create-missing');
    expect([code, error]).toEqual([
      1,
      '--set-stock is given; it is for products → leave it out\n--create-missing is given; it is for products → leave it out\n',
    ]);
  });
});
