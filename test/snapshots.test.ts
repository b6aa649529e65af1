import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tierNames } from '../lib/tiers/tier';
import { golden } from './support/golden';
import { readableTemplate } from './support/readable-template';
import { templateOf } from './support/stores';

const folder = join(__dirname, 'templates');

test.each(tierNames)('the template of the %s size is the one that was reviewed; npm test -- -u accepts another', (tier) => {
  const text = readableTemplate(templateOf(tier));
  expect(text).toBe(golden(join(folder, `${tier}.yaml`), text));
});

test('there is one file a size', () => {
  expect(readdirSync(folder).toSorted()).toEqual(tierNames.map((tier) => `${tier}.yaml`).toSorted());
});
