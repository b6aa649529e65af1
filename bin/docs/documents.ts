import { createRequire } from 'node:module';
import { catalogue } from '../../alarms/catalogue/catalogue';
import { alarmsPage, settingsThatChangeAlarms } from '../../alarms/page/alarms-page';
import { defaultContext } from '../../lib/config/default-context';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import { zonesWithout } from '../../lib/facts/regions';
import { markdownRows, readmeTable } from '../../lib/review/output/markdown/markdown';
import type { QuotaUse } from '../../lib/review/quotas/quotas';
import type { StoreReview } from '../../lib/review/review-store';
import { figure, rangeText } from '../../lib/review/text/money';
import { tierNames } from '../../lib/tiers/tier';
import { tiers } from '../../lib/tiers/tiers';
import { formatMarkdown } from './format-markdown';
import { settingsPage } from './settings-page';

interface GeneratedDocument {
  readonly path: string;
  /** @param current what the file has now */
  readonly write: (current: string) => string;
}

/** Every Markdown document that `npm run docs` writes, whole or in part. @param reviews the sizes, smallest first */
export function generatedDocuments(reviews: readonly StoreReview[]): readonly GeneratedDocument[] {
  return [
    { path: 'README.md', write: (current) => withGeneratedSection(current, 'sizes', readmeTable(reviews)) },
    { path: 'CONTRIBUTING.md', write: (current) => withGeneratedSection(current, 'folders', folderList()) },
    { path: 'docs/sources.md', write: (current) => withGeneratedSection(current, 'target-costs', targetCosts()) },
    {
      path: 'docs/first-deployment.md',
      write: (current) =>
        withGeneratedSection(withGeneratedSection(current, 'quotas', quotaTable(reviews)), 'zones', zoneTable()),
    },
    { path: 'docs/settings.md', write: settingsPage },
    { path: 'docs/alarms.md', write: currentAlarms },
  ];
}

/** The text of a document after `npm run docs`, as the formatter leaves it. */
export function writtenDocument({ write }: GeneratedDocument, current: string): Promise<string> {
  return formatMarkdown(write(current));
}

interface Folder {
  readonly folder: string;
  readonly holds: string;
  readonly mayImport: readonly string[];
}

/** The table that `npm run lint` holds, as a list, since the cells of a table would be too long to read. */
function folderList(): string {
  const { folders } = createRequire(__filename)('../../.ci/folders.cjs') as { readonly folders: readonly Folder[] };
  return folders.map(({ folder, holds, mayImport }) => `- **\`${folder}\`**: ${holds}. ${imports(mayImport)}`).join('\n');
}

function imports(paths: readonly string[]): string {
  return paths.length === 0 ? 'Imports nothing.' : `Imports ${paths.map((path) => `\`${path}\``).join(', ')}.`;
}

function targetCosts(): string {
  const rows = tierNames.flatMap((tier) => {
    const { targetCosts: all, whyNotTheLowest } = tiers[tier].budget;
    return [
      ...all.map(({ from, to, source }) => [tier, rangeText(from, to), source]),
      [tier, '', `costs more: ${whyNotTheLowest}`],
    ];
  });
  return markdownRows(['size', 'USD a month', 'document'], rows);
}

/** What each size needs while a deployment replaces its maximum of tasks: what to ask for. */
function quotaTable(reviews: readonly StoreReview[]): string {
  const [first] = reviews;
  const rows = (first?.quotas ?? []).map(({ title, quota }, index) =>
    [title, String(quota)].concat(reviews.map(({ quotas }) => quotaCell(quotas[index]))),
  );
  return markdownRows(['quota', 'default', ...reviews.map(({ name }) => name)], rows);
}

/** Zones to leave out. */
function zoneTable(): string {
  const zones = Map.groupBy(zonesWithout, ({ zoneId }) => zoneId);
  return markdownRows(
    ['region', 'zone id', 'has no'],
    [...zones].map(([zoneId, lacks]) => [lacks[0]?.region ?? '', zoneId, lacks.map(({ part }) => part).join(', ')]),
  );
}

function quotaCell(use: QuotaUse | undefined): string {
  if (!use || use.deploying === 0) return '-';
  return use.least === use.deploying
    ? figure(use.least)
    : `${figure(use.least)} to ${figure(use.most)}, ${figure(use.deploying)}`;
}

function currentAlarms(): string {
  const options = { now: new Date() };
  const [smallest] = tierNames;
  const sizes = tierNames.map((tier) => ({ tier, catalogue: catalogue(loadStoreConfig(defaultContext(tier), options)) }));
  const variants = settingsThatChangeAlarms.map(({ text, settings }) => {
    const context = { tier: smallest, stores: { review: { region: 'us-east-1', ...settings } } };
    return { settings: text, tier: smallest, catalogue: catalogue(loadStoreConfig(context, options)) };
  });
  return alarmsPage(sizes, variants);
}

/** The document with what stands between the marks of a section written anew; the rest stays as somebody wrote it. */
function withGeneratedSection(document: string, section: string, text: string): string {
  const [begin, end] = [`<!-- docs:${section} -->`, `<!-- /docs:${section} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The document has no lines "${begin}" and "${end}"`);
  return `${document.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${document.slice(to)}`;
}
