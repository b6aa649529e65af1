import { productListQuery } from '../../../services/api/product-list';
import { setUp } from '../../support/set-up';
import { planOf, preparePlans } from './plans';

setUp((started) =>
  preparePlans(
    started,
    'insert into product_ratings (product_id, reviews, stars) select id, 3, 12 from products on conflict do nothing',
  ),
);

test('a list looks ratings up for the rows of its page alone, by their key', async () => {
  const plan = await planOf(productListQuery({ sort: 'newest', rows: 21 }), { analyze: true });
  const [reading, ...more] = plan.filter((node) => node['Relation Name'] === 'product_ratings');
  expect([reading?.['Index Name'], reading?.['Actual Loops'], more]).toEqual(['product_ratings_pkey', 21, []]);
});
