import * as fc from 'fast-check';
import { withStoreSetting } from '../../bin/store-setting';

const cdkJson = `{
  "app": "node",
  "context": {
    "a}": "{ \\"shop\\": {",
    "stores": {
      "other": { "region": "us-east-1" },
      "shop": { "region": "us-east-1", "tags": { "usage": "x" } }
    }
  }
}
`;

const given = (text: string, value: object = { natGb: 3 }) => withStoreSetting(text, 'shop', 'usage', () => value);

test('nothing else in the file changes', () => {
  expect(given(cdkJson)).toEqual({
    text: cdkJson.replace('"tags": { "usage": "x" } }', '"tags": { "usage": "x" }, "usage": { "natGb": 3 } }'),
  });
});

test('what stands there is replaced, by what follows from it', () => {
  const before = cdkJson.replace('"region": "us-east-1", "tags"', '"usage": {"orders": 5,\n "natGb": 1}, "tags"');
  const merged = withStoreSetting(before, 'shop', 'usage', (own) => ({ ...(own as object), natGb: 3, logGb: 2 }));

  expect(merged).toEqual({
    text: before.replace('{"orders": 5,\n "natGb": 1}', '{ "orders": 5, "natGb": 3, "logGb": 2 }'),
  });
});

test('a store without settings gets them', () => {
  expect(given('{"context":{"stores":{"shop":{}}}}')).toEqual({
    text: '{"context":{"stores":{"shop":{"usage": { "natGb": 3 }}}}}',
  });
});

test.each([
  ['{"context":{"stores":{"other":{}}}}', 'cdk.json has no store shop, so nothing was written; its stores: other'],
  ['{}', 'cdk.json has no store shop, so nothing was written; its stores: none'],
  [
    '{"context":{"stores":{"shop":{"usage":7}}}}',
    'The setting usage of the store shop in cdk.json is no object, so nothing was written',
  ],
])('%s is left as it is', (text, problem) => {
  expect(given(text)).toEqual({ problem });
});

test('whatever else a file has, only the setting differs', () => {
  const anyFile = fc.tuple(
    fc.dictionary(fc.string(), fc.jsonValue()),
    fc.dictionary(fc.string(), fc.jsonValue()),
    fc.constantFrom(0, 2),
    fc.dictionary(fc.string(), fc.jsonValue()),
  );
  const property = fc.property(anyFile, ([others, settings, indent, value]) => {
    const { usage: _, ...own } = settings;
    const file = (shop: object) => ({ ...others, context: { ...others, stores: { ...others, shop } } });
    const changed = given(JSON.stringify(file(own), null, indent), value);

    expect(JSON.parse('text' in changed ? changed.text : '')).toEqual(JSON.parse(JSON.stringify(file({ ...own, usage: value }))));
  });
  fc.assert(property);
});
