import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../alarms/catalogue/catalogue';
import { alarmsPage, settingsThatChangeAlarms } from '../alarms/page/alarms-page';
import { defaultContext } from '../lib/config/default-context';
import { loadStoreConfig } from '../lib/config/load-store-config';
import { withSizes } from '../lib/review/output/markdown/readme';
import { reviewSize } from '../lib/review/review-size';
import { synthesize } from '../lib/store-app';
import { tierNames } from '../lib/tiers/tier';
import { reviewSchema } from './docs/review-schema';

/** `npm run docs`: writes anew what the documentation tells of the sizes, of what watches them, and of the review's JSON. */
const options = { now: new Date() };
const file = (path: string) => join(__dirname, '..', path);
const configs = tierNames.map((tier) => loadStoreConfig(defaultContext(tier), options));

const readme = file('README.md');
const reviews = configs.map((config) => reviewSize(config, synthesize(config)));
writeFileSync(readme, withSizes(readFileSync(readme, 'utf8'), reviews));
console.log('README.md: the table of sizes is written');

const [smallest] = tierNames;
const variants = settingsThatChangeAlarms.map(({ text, settings }) => {
  const context = { tier: smallest, stores: { review: { region: 'us-east-1', ...settings } } };
  return { settings: text, tier: smallest, catalogue: catalogue(loadStoreConfig(context, options)) };
});
writeFileSync(
  file('docs/alarms.md'),
  alarmsPage(
    configs.map((config) => ({ tier: config.tier, catalogue: catalogue(config) })),
    variants,
  ),
);
console.log('docs/alarms.md: the alarms are written');

writeFileSync(file('docs/review.schema.json'), reviewSchema());
console.log('docs/review.schema.json: the schema of the review is written');
