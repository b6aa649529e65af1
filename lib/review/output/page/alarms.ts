import type { AlarmCoverage } from '../../alarm-coverage/types';
import type { StoreReview } from '../../review-store';
import { type Html, html } from './html';
import { collapsible, mark, type Section } from './section';
import { type Cell, prose, right, row, table } from './table';

/** What watches each size, against AWS’s recommended alarms and the documents’ thresholds. */
export function alarms(reviews: readonly StoreReview[]): Section {
  return {
    id: 'alarms',
    title: 'What watches it',
    body: html`${coverage(reviews)}${collapsible('The documents’ thresholds, each with its alarms', documented(reviews))}${collapsible(
      'Recommended alarms that are left out, and why',
      leftOut(reviews),
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
    groups: [
      {
        rows: [
          counted('alarms', (own) => String(own.alarms)),
          counted('composite alarms', (own) => String(own.composites)),
          counted('of AWS’s recommended alarms', ({ recommended }) => `${recommended.watched} of ${recommended.of}`),
          counted('of the documents’ thresholds', ({ documented: all }) => `${all.filter(isWatched).length} of ${all.length}`),
        ],
      },
    ],
  });
}

type Figure = AlarmCoverage['documented'][number];

function isWatched({ alarms: own }: Figure): boolean {
  return own.length > 0;
}

function keyOf({ figure, level }: Figure): string {
  return `${figure} ${level}`;
}

function documented(reviews: readonly StoreReview[]): Html {
  const each = reviews.map(({ alarmCoverage }) => new Map(alarmCoverage.documented.map((one) => [keyOf(one), one])));
  const all = [
    ...new Map(reviews.flatMap(({ alarmCoverage }) => alarmCoverage.documented.map((one) => [keyOf(one), one] as const))),
  ];
  const rows = all.map(([key, { figure, level, limit, source }]) =>
    row(html`${figure}, ${level.toLowerCase()}`, [right(limit), ...each.map((own) => watchedMark(own.get(key)))], source),
  );
  return table({
    caption: 'The documents’ thresholds and the alarms that hold them',
    heading: ['figure and level', right('limit'), ...reviews.map(({ name }) => name), 'source'],
    groups: [{ rows }],
  });
}

function watchedMark(figure: Figure | undefined): Cell {
  if (!figure) return '-';
  const number = figure.alarms.length;
  return number === 0 ? mark('warn', 'not watched') : mark('good', `${number} ${number === 1 ? 'alarm' : 'alarms'}`);
}

function leftOut(reviews: readonly StoreReview[]): Html {
  const all = reviews.flatMap(({ name, alarmCoverage }) => alarmCoverage.recommended.missing.map((one) => ({ ...one, name })));
  const groups = [...Map.groupBy(all, ({ namespace, metric, reason }) => JSON.stringify([namespace, metric, reason])).values()];
  const rows = groups.flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const sizes = same.length === reviews.length ? 'all' : same.map(({ name }) => name).join(', ');
    return [[first.metric, first.namespace, sizes, prose(first.reason ?? mark('warn', 'no reason is known'))]];
  });
  if (rows.length === 0) return html`<p>None.</p>`;
  return table({
    caption: 'Recommended alarms that are left out',
    heading: ['metric', 'namespace', 'sizes', 'why'],
    groups: [{ rows }],
  });
}
