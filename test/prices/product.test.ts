import { readProduct } from '../../lib/prices/product';
import { flat, product } from './products';

test('a product has its attributes, its price and the day of the list', () => {
  expect(readProduct(flat('SKU1', { usagetype: 'EU-Fargate-GB-Hours' }, '0.0044450000'))).toEqual({
    sku: 'SKU1',
    attributes: { usagetype: 'EU-Fargate-GB-Hours' },
    tiers: [{ from: 0, to: Number.POSITIVE_INFINITY, usd: 0.004445 }],
    published: '2026-11-17',
  });
});

test('tiers stand from the lowest up, whatever order AWS has them in', () => {
  const tiered = product('SKU2', {}, [
    ['51200', 'Inf', '0.06'],
    ['0', '10240', '0.085'],
    ['10240', '51200', '0.08'],
  ]);
  expect(readProduct(tiered)?.tiers.map(({ to, usd }) => [to, usd])).toEqual([
    [10_240, 0.085],
    [51_200, 0.08],
    [Number.POSITIVE_INFINITY, 0.06],
  ]);
});

test('a list without a date has none', () => {
  expect(readProduct(product('SKU3', {}, [['0', 'Inf', '1']], { publicationDate: undefined }))?.published).toBeUndefined();
});

test('what is only sold reserved is no product of ours', () => {
  expect(readProduct(JSON.stringify({ product: { sku: 'SKU4', attributes: {} }, terms: { Reserved: {} } }))).toBeUndefined();
});

test.each([
  ['half a text', '{"product": {"sku"'],
  ['no product', '{}'],
  ['a price in another currency', flat('SKU5', {}, '1').replace('"USD"', '"CNY"')],
  ['a price that is no number', flat('SKU6', {}, 'free')],
  ['a price below zero', flat('SKU7', {}, '-1')],
  ['an empty price', flat('SKU8', {}, '')],
])('%s is refused as not readable', (_, text) => {
  expect(() => readProduct(text)).toThrow(expect.objectContaining({ name: 'PricesError', code: 'malformed-answer' }));
});
