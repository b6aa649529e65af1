import { productListQuery } from '../../../services/api/product-list';
import { picturesInOrder } from '../../../services/api/routes/list-pictures';
import { deletePictures } from '../../../services/worker/delete-pictures';
import { encodePictures } from '../../../services/worker/encode-pictures';
import { setUp } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { picturesOfBusiness } from './pictures-of-business';
import { type Node, planOf, preparePlans } from './plans';

let product: string;
setUp(async (started) => {
  const store = await preparePlans(started, picturesOfBusiness);
  product = String((await store.query('select id from products limit 1'))[0]?.['id']);
});

/** Steps that read pictures. */
async function readings(text: string, values: readonly unknown[], options = {}): Promise<readonly Node[]> {
  const all = await planOf({ text, values }, options);
  return all.filter((node) => node['Relation Name'] === 'product_pictures' && node['Node Type'] !== 'ModifyTable');
}
const indexes = (nodes: readonly Node[]) => nodes.map((node) => node['Index Name'] ?? node['Node Type']);

test('a list looks pictures up for the rows of its page alone, by their index', async () => {
  const { text, values } = productListQuery({ sort: 'newest', rows: 21 });
  const [reading, ...more] = await readings(text, values, { analyze: true });
  expect([reading?.['Index Name'], reading?.['Actual Loops'], more]).toEqual(['product_pictures_product', 21, []]);
});

test('the pictures of a product are found by an index', async () => {
  expect(indexes(await readings(picturesInOrder, [product]))).toEqual(['product_pictures_product']);
});

test('what is due is found by an index, whatever there is', async () => {
  const taken: { text: string; values: readonly unknown[] }[] = [];
  const writer = {
    query: async (text: string, values: readonly unknown[]) => taken.push({ text, values }) && { rows: [] },
  } as never;
  const nothing = { getObject: jest.fn(), putObject: jest.fn(), encode: jest.fn(), deleteObject: jest.fn() };
  const props = { writer, log: collectedLog().log, ...nothing };
  await encodePictures(props, AbortSignal.any([]));
  await deletePictures(props, AbortSignal.any([]));
  expect(taken).toHaveLength(2);
  for (const { text, values } of taken) expect(indexes(await readings(text, values))).toContain('product_pictures_due');
});
