import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { withUsage, writeUsage } from '../../../bin/reconcile/write-usage';

const cdkJson = `{
  "app": "node", // see below
  "context": {
    "a}": "{ \\"shop\\": {",
    "stores": {
      "other": { "region": "us-east-1" },
      "shop": { "region": "us-east-1", "tags": { "usage": "x" } }
    }
  }
}
`.replace(' // see below', '');

test('nothing else in the file changes', () => {
  expect(withUsage(cdkJson, 'shop', { natGb: 3 })).toBe(
    cdkJson.replace('"shop": { "region"', '"shop": { "usage": { "natGb": 3 }, "region"'),
  );
});

test('figures that were not measured stay', () => {
  const before = cdkJson.replace('"region": "us-east-1", "tags"', '"usage": {"orders": 5,\n "natGb": 1}, "tags"');

  expect(withUsage(before, 'shop', { natGb: 3, logGb: 2 })).toBe(
    before.replace('{"orders": 5,\n "natGb": 1}', '{ "orders": 5, "natGb": 3, "logGb": 2 }'),
  );
});

test('a store without settings gets them', () => {
  expect(withUsage('{"context":{"stores":{"shop":{}}}}', 'shop', { natGb: 3 })).toBe(
    '{"context":{"stores":{"shop":{ "usage": { "natGb": 3 } }}}}',
  );
});

test.each([
  ['{"context":{"stores":{"other":{}}}}', /^cdk\.json has no store shop, so nothing was written$/],
  ['{"context":{"stores":{"shop":{"usage":7}}}}', /^The usage of the store shop in cdk\.json is no object/],
])('%s is left as it is', (text, message) => {
  expect(() => withUsage(text, 'shop', { natGb: 3 })).toThrow(message);
});

test('whatever else a file has, only the usage differs', () => {
  const anyFile = fc.tuple(
    fc.dictionary(fc.string(), fc.jsonValue()),
    fc.dictionary(fc.string(), fc.jsonValue()),
    fc.constantFrom(0, 2),
  );
  const property = fc.property(anyFile, ([others, settings, indent]) => {
    const { usage: _, ...own } = settings;
    const file = (shop: object) => ({ ...others, context: { ...others, stores: { ...others, shop } } });
    const text = JSON.stringify(file(own), null, indent);

    expect(JSON.parse(withUsage(text, 'shop', { natGb: 3 }))).toEqual(
      JSON.parse(JSON.stringify(file({ ...own, usage: { natGb: 3 } }))),
    );
  });
  fc.assert(property);
});

test('the file is replaced as a whole, and nothing is left beside it', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'write-usage-')), 'cdk.json');
  writeFileSync(file, cdkJson);
  writeUsage(file, 'shop', { natGb: 3 });

  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ context: { stores: { shop: { usage: { natGb: 3 } } } } });
  expect(readdirSync(dirname(file))).toEqual(['cdk.json']);
  rmSync(dirname(file), { recursive: true });
});
