import type { ProtectionRow, ProtectionTopic } from '../../protection/types';
import type { StoreReview } from '../../review-store';
import { type Html, html } from './html';
import { collapsible, judged, mark, type Section, type Tone } from './section';
import { type Cell, table } from './table';

const topics: Readonly<Record<ProtectionTopic, string>> = {
  exposure: 'Exposure to the Internet',
  encryption: 'Encryption',
  deletion: 'Deletion',
  backups: 'Backups',
  recovery: 'Recovery',
};

const verdicts: Readonly<Record<ProtectionRow['verdict'], readonly [tone: Tone, word: string]>> = {
  good: ['good', 'good'],
  weak: ['warn', 'check'],
  fact: ['plain', 'fact'],
  'not known': ['warn', 'not known'],
};

/** The protection of each size, by topic. */
export function protection(reviews: readonly StoreReview[]): Section {
  const topicsOf = Object.entries(topics).map(([topic, title]) => topicTable(topic, title, reviews));
  return {
    id: 'protection',
    title: 'Protection',
    lead: 'Read from the template. What a reviewer should check is marked.',
    body: html`${topicsOf}`,
  };
}

function topicTable(topic: string, title: string, reviews: readonly StoreReview[]): Html | undefined {
  const each = reviews.map((review) => review.protection.rows.filter((one) => one.topic === topic));
  const weak = new Set(each.flat().flatMap(({ verdict, subject }) => (verdict === 'weak' ? [subject] : []))).size;
  const rows = rowsOf(each);
  if (rows.length === 0) return undefined;
  return collapsible(
    html`${title} ${weak > 0 ? mark('warn', `${weak} to check`) : mark('good', 'nothing to check')} <span class="facts">${rows.length} statements</span>`,
    table({ caption: title, captionShown: false, heading: ['', ...reviews.map(({ name }) => name)], rows }),
  );
}

function rowsOf(each: readonly (readonly ProtectionRow[])[]): readonly (readonly Cell[])[] {
  const names = [...new Set(each.flat().map(({ subject }) => subject))];
  return names.map((name) => Array.of(name, ...cells(each.map((own) => own.find(({ subject }) => subject === name)))));
}

/** One cell for all sizes if they have the same. */
function cells(rows: readonly (ProtectionRow | undefined)[]): readonly Cell[] {
  const [first] = rows;
  const same = rows.every((one) => one?.text === first?.text && one?.verdict === first?.verdict);
  if (rows.length === 1 || !same) return rows.map(text);
  return [{ text: html`<span class="facts">every size</span> ${text(first)}`, span: rows.length }];
}

function text(one: ProtectionRow | undefined): Html {
  return one ? judged(...verdicts[one.verdict], one.text) : html`-`;
}
