import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadStoreConfig } from '../lib/config/load-store-config';
import { plainStore } from '../lib/config/plain-store';
import { withSizes } from '../lib/review/readme';
import { reviewSize } from '../lib/review/size-review';
import { synthesize } from '../lib/store-app';
import { tierNames } from '../lib/tiers/tier';

/** `npm run docs`: writes what the documentation tells of the sizes anew. */
const readme = join(__dirname, '../README.md');
const reviews = tierNames.map((tier) => {
  const config = loadStoreConfig(plainStore(tier), { now: new Date() });
  return reviewSize(config, synthesize(config));
});
writeFileSync(readme, withSizes(readFileSync(readme, 'utf8'), reviews));
console.log('README.md: the table of sizes is written');
