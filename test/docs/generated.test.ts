import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedDocuments, writtenDocument } from '../../bin/docs/documents';
import { reviewSize } from '../../lib/review/review-size';
import { tierNames } from '../../lib/tiers/tier';
import { reviewedTemplate } from '../support/reviewed-templates';
import { storeConfig } from '../support/stores';

const documents = generatedDocuments(tierNames.map((tier) => reviewSize(storeConfig(tier), reviewedTemplate(tier))));

test.each(documents.map((document) => [document.path, document] as const))(
  '%s is what `npm run docs` writes',
  async (path, document) => {
    const current = readFileSync(join(__dirname, '../..', path), 'utf8');
    expect(await writtenDocument(document, current)).toBe(current);
  },
);
