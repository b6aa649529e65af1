import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tierNames } from '../lib/tiers/tier';
import { golden } from './support/golden';
import { readableTemplate } from './support/readable-template';
import { reviewedFile } from './support/reviewed-templates';
import { templateOf } from './support/stores';

test.each(tierNames)('the template of the %s size is the one that was reviewed; npm test -- -u accepts another', (tier) => {
  const text = readableTemplate(templateOf(tier));
  expect(text).toBe(golden(reviewedFile(tier), text));
});

test('there is one file a size', () => {
  expect(readdirSync(join(__dirname, 'templates')).toSorted()).toEqual(tierNames.map((tier) => `${tier}.yaml`).toSorted());
});
