import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultContext } from '../lib/config/default-context';
import { loadStoreConfig } from '../lib/config/load-store-config';
import { reviewSize } from '../lib/review/review-size';
import { synthesize } from '../lib/store-app';
import { tierNames } from '../lib/tiers/tier';
import { generatedDocuments, writtenDocument } from './docs/documents';
import { reviewSchema } from './docs/review-schema';

/** `npm run docs`: writes anew what the documentation has of the sizes, alarms, settings and folders, and the schema of the review's JSON. */
async function main(): Promise<void> {
  const configs = tierNames.map((tier) => loadStoreConfig(defaultContext(tier), { now: new Date() }));
  const reviews = configs.map((config) => reviewSize(config, synthesize(config)));
  for (const document of generatedDocuments(reviews)) {
    const file = join(__dirname, '..', document.path);
    writeFileSync(file, await writtenDocument(document, existsSync(file) ? readFileSync(file, 'utf8') : ''));
    console.log(`${document.path} is written`);
  }
  writeFileSync(join(__dirname, '../docs/review.schema.json'), reviewSchema());
  console.log('docs/review.schema.json is written');
}

void main();
