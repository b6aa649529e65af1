import type { AlarmCoverage } from '../../alarm-coverage/types';
import type { StoreReview } from '../../review-store';
import { type Html, html } from './html';
import { collapsible, mark, type Section } from './section';
import { type Cell, prose, right, table } from './table';

/** The alarms of each size, compared with AWS’s recommended alarms and the documents’ thresholds. */
export function alarms(reviews: readonly StoreReview[]): Section {
  return {
    id: 'alarms',
    title: 'Alarms',
    body: html`${coverage(reviews)}${collapsible('The documents’ thresholds, each with its alarms', documented(reviews))}${collapsible(
      'Recommended alarms that the catalogue excludes, and why',
      excludedTable(reviews),
    )}`,
  };
}

function coverage(reviews: readonly StoreReview[]): Html {
  const counted = (title: string, text: (alarmCoverage: AlarmCoverage) => string) => [
    title,
    ...reviews.map(({ alarmCoverage }) => right(text(alarmCoverage))),
  ];
  return table({
    caption: 'Alarms in each size',
    heading: ['', ...reviews.map(({ name }) => right(name))],
    rows: [
      counted('alarms', ({ alarms: count }) => String(count)),
      counted('composite alarms', ({ composites }) => String(composites)),
      counted('of AWS’s recommended alarms', ({ recommended }) => `${recommended.watched} of ${recommended.total}`),
      counted('of the documents’ thresholds', ({ documented: all }) => `${all.filter(isWatched).length} of ${all.length}`),
    ],
  });
}

type Figure = AlarmCoverage['documented'][number];

function isWatched({ verdict }: Figure): boolean {
  return verdict === 'watched';
}

function keyOf({ figure, level }: Figure): string {
  return `${figure} ${level}`;
}

function documented(reviews: readonly StoreReview[]): Html {
  const each = reviews.map(({ alarmCoverage }) => new Map(alarmCoverage.documented.map((one) => [keyOf(one), one])));
  const all = new Map(each.flatMap((own) => [...own]));
  return table({
    caption: 'The documents’ thresholds and the alarms on them',
    heading: ['metric and level', right('limit'), ...reviews.map(({ name }) => name), 'source'],
    rows: [...all].map(([key, { figure, level, limit, source }]) => {
      const marks = each.map((own) => watchedMark(own.get(key)));
      return Array.of<Cell>(`${figure}, ${level.toLowerCase()}`, right(limit), ...marks, source);
    }),
  });
}

function watchedMark(figure: Figure | undefined): Cell {
  if (!figure) return '-';
  if (!isWatched(figure)) return mark('warn', figure.verdict);
  return mark('good', `${figure.alarms.length} ${figure.alarms.length === 1 ? 'alarm' : 'alarms'}`);
}

function excludedTable(reviews: readonly StoreReview[]): Html {
  const all = reviews.flatMap(({ name, alarmCoverage }) => alarmCoverage.recommended.missing.map((one) => ({ ...one, name })));
  const groups = [...Map.groupBy(all, ({ namespace, metric, reason }) => JSON.stringify([namespace, metric, reason])).values()];
  const rows = groups.flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const sizes = same.length === reviews.length ? 'all' : same.map(({ name }) => name).join(', ');
    return [[first.metric, first.namespace, sizes, prose(first.reason ?? mark('warn', 'not watched, no reason known'))]];
  });
  if (rows.length === 0) return html`<p>None.</p>`;
  return table({
    caption: 'Recommended alarms that the catalogue excludes',
    heading: ['metric', 'namespace', 'sizes', 'why'],
    rows,
  });
}
