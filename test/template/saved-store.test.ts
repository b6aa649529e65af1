import { readSavedStore } from '../../lib/template/saved-store';

const bucket = (tags: readonly object[]) => ({ Resources: { Media: { Type: 'AWS::S3::Bucket', Properties: { Tags: tags } } } });
const ofShop = bucket([{ Key: 'store', Value: 'shop' }]);
const Outputs = { Tier: { Value: 'medium' } };
const read = (template: object) => readSavedStore(JSON.stringify(template), 'deployed.json');

test('a template of this project says which store it is of, and its size', () => {
  expect(read({ ...ofShop, Outputs })).toEqual({
    template: { ...ofShop, Outputs },
    store: 'shop',
    tier: 'medium',
    region: undefined,
  });
});

test.each([
  ['no tag of a store', { ...bucket([]), Outputs }, 'no resource has the tag store'],
  ['no size', ofShop, 'it has no output Tier'],
  ['a size that there is not', { ...ofShop, Outputs: { Tier: { Value: 'huge' } } }, 'it has no output Tier'],
  ['neither', bucket([]), 'no resource has the tag store, and it has no output Tier'],
])('one with %s is refused in one line that says what is missing', (_, template, missing) => {
  expect(read(template)).toEqual({ problem: `deployed.json is not the template of a store of this project: ${missing}` });
});

test('what is no template at all is refused as such', () => {
  expect(readSavedStore('', 'deployed.json')).toEqual({ problem: 'deployed.json is empty' });
});
