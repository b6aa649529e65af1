import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { storeSchema } from '../lib/config/settings';
import { withSizes } from '../lib/review/output/markdown/readme';
import { reviewSize } from '../lib/review/review-size';
import { tierNames } from '../lib/tiers/tier';
import { storeConfig, templateOf } from './support/stores';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('the table of sizes is what `npm run docs` writes', () => {
  const reviews = tierNames.map((tier) => reviewSize(storeConfig(tier), templateOf(tier)));
  expect(withSizes(readme, reviews)).toBe(readme);
});

test('the README has fewer than 200 lines', () => {
  expect(readme.split('\n').length).toBeLessThan(200);
});

test('every file that the README points at exists', () => {
  const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target]) => target ?? '');
  expect(links).not.toHaveLength(0);
  expect(links.filter((target) => !existsSync(join(root, target)))).toEqual([]);
});

test('every script that the README names is one of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const named = [...readme.matchAll(/npm (?:run ([\w:]+)|(start|test))/g)].map(([, run, direct]) => run ?? direct ?? '');
  expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
});

test('every setting of a store is named', () => {
  const settings = Object.keys(storeSchema.shape);
  expect(settings.length).toBeGreaterThan(20);
  expect(settings.filter((setting) => !readme.includes(`\`${setting}\``))).toEqual([]);
});
