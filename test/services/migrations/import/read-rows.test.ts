import { products } from '../../../../services/migrations/import/kinds/products';
import { createProblems } from '../../../../services/migrations/import/problems';
import { readRows } from '../../../../services/migrations/import/read-rows';
import { checkedRows, type RawRow, type RowForm } from '../../../../services/migrations/import/row-form';
import { stage } from '../../../../services/migrations/import/stage';

const form: Pick<RowForm, 'cells'> = {
  cells: { slug: 'text', size: 'number', new: 'boolean', tags: 'list', more: 'json' },
};

/** In pieces of so many bytes, as they may come. */
async function* pieces(text: string | Uint8Array, size = 3): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(format: 'csv' | 'json', text: string | Uint8Array, size?: number) {
  const problems = createProblems();
  const rows: RawRow[] = [];
  for await (const row of readRows(pieces(text, size), format, form, problems)) rows.push(row);
  return { rows, problems: problems.list().map(({ line, field, got, allowed }) => `${line} ${field}: ${got} / ${allowed}`) };
}

describe('CSV', () => {
  it.each([1, 2, 7, 1_000])('is read in pieces of %i bytes', async (size) => {
    const text =
      '\uFEFFslug,size,new,tags,more\r\na,1,true,x|y | z,"{""b"":[1]}"\r\n\r\n"é, ""q""\r\nnext",-2.5,0,,\r\nlast,one,maybe,,{';
    expect(await read('csv', text, size)).toEqual({
      rows: [
        { line: 2, values: { slug: 'a', size: 1, new: true, tags: ['x', 'y', 'z'], more: { b: [1] } } },
        { line: 4, values: { slug: 'é, "q"\nnext', size: -2.5, new: false } },
        { line: 6, values: { slug: 'last', size: 'one', new: 'maybe', more: '{' } },
      ],
      problems: [],
    });
  });

  it.each([
    ['nothing', '', ['1 : nothing / a header with the fields’ names']],
    [
      'columns that are unknown or there twice',
      'slug,sulg,slug\na,b,c',
      ['1 sulg, slug: a column that is unknown or there twice / each of these once at the most: slug, size, new, tags, more'],
    ],
    [
      'rows of another length',
      'slug,size\na\nb,1\nc,2,3',
      ['2 : 1 cells / 2, as the header has', '4 : 3 cells / 2, as the header has'],
    ],
    ['a quote that never ends', 'slug,size\na,1\n"b,2\n', [expect.stringMatching(/^3 .*Quote Not Closed/)]],
    ['Latin-1', Buffer.from('slug\na\nM\u00fcnchen\nb', 'latin1'), ['1 : bytes that are not UTF-8, here or after it / UTF-8']],
  ])('with %s is told', async (_, text, problems) => {
    expect((await read('csv', text, 1_000)).problems).toEqual(problems);
  });
});

describe('JSON', () => {
  const values = { slug: 'a "}{" \\', tags: ['[', ']'], more: { deep: [{}] } };
  it.each([
    ['an array', (objects: readonly string[]) => `[\n${objects.join(',\n')}\n]\n`, [2, 3]],
    ['an array in one line', (objects: readonly string[]) => `[${objects.join(',')}]`, [1, 1]],
    ['an object a line', (objects: readonly string[]) => `${objects.join('\n')}\n`, [1, 2]],
  ])('as %s is read with its lines', async (_, join, lines) => {
    for (const size of [1, 5, 1_000]) {
      expect(await read('json', join([JSON.stringify(values), '{}']), size)).toEqual({
        rows: [
          { line: lines[0], values },
          { line: lines[1], values: {} },
        ],
        problems: [],
      });
    }
  });

  it.each([
    ['an object that is none', '{"slug":"a"}\n{slug}\n{"slug":"b"}', ['2 : "{slug}" / JSON']],
    ['something else', '{}\nslug', ['2 : "s" / objects in one array, or one object a line']],
    ['no end', '[\n{"slug":"a"', ['2 : "{\\"slug\\":\\"a\\"" / an object that ends before the file does']],
    ['no end of its array', '[\n{}\n', ['3 : "" / a ] at the end of the array']],
    ['something after its array', '[]\n{}', ['2 : "{" / objects in one array, or one object a line']],
  ])('with %s is told', async (_, text, problems) => {
    expect((await read('json', text)).problems).toEqual(problems);
  });

  it('of an object without an end is not kept in memory', async () => {
    const { problems } = await read('json', `{"slug":"${'a'.repeat(1_100_000)}`, 64_000);
    expect(problems).toEqual([expect.stringMatching(/ \/ an object of at most 1000000 characters$/)]);
  });
});

/** Rows that were read and not yet taken, at the most, of so many. */
async function mostWaiting(format: 'csv' | 'json', count: number): Promise<number> {
  let [given, taken, most] = [0, 0, 0];
  const line = (index: number) =>
    format === 'csv'
      ? `p-${index},Product,100,EUR,acme,hats\n`
      : `${JSON.stringify({ slug: `p-${index}`, title: 'Product', priceMinor: 100, currency: 'EUR', brand: 'acme', categories: ['hats'] })}\n`;
  async function* source(): AsyncGenerator<Uint8Array> {
    if (format === 'csv') yield Buffer.from('slug,title,priceMinor,currency,brand,categories\n');
    for (let index = 0; index < count; index += 100) {
      given += 100;
      most = Math.max(most, given - taken);
      yield Buffer.from(Array.from({ length: 100 }, (_, row) => line(index + row)).join(''));
    }
  }
  const client = {
    query: async (_text: string, values: readonly [number, readonly number[]]) => (taken = values[0] + values[1].length),
  };
  const problems = createProblems();
  const rows = checkedRows(readRows(source(), format, products.form, problems), products.form, problems);
  expect(await stage(client as never, rows, async () => undefined)).toBe(count);
  expect([problems.count, taken]).toEqual([0, count]);
  return most;
}

describe.each(['csv', 'json'] as const)('a file of %s', (format) => {
  it('ten times as long takes no more memory: as many rows wait between it and the database', async () => {
    const few = await mostWaiting(format, 10_000);
    expect(few).toBeLessThan(10_000);
    expect(await mostWaiting(format, 100_000)).toBeLessThanOrEqual(few + 200);
  });
});

describe('problems', () => {
  it('beyond the first thousand are counted, and take no memory', () => {
    const problems = createProblems();
    for (let line = 50_000; line > 0; line -= 1) problems.add({ line, field: '', got: '', allowed: '' });
    problems.more(3);
    expect(problems.count).toBe(50_003);
    expect(problems.list().map(({ line }) => line)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
  });
});
