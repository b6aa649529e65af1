import type { PartName } from '../../../facts/part-names';
import { requests } from '../../capacity/load-figures';
import type { SavingName } from '../../cost/savings/types';
import type { StoreReview } from '../../review-store';
import { figure, fixedAndUsage, range, usd } from '../../text/money';
import { comparisonNotes } from '../../text/notes';
import { priceDates } from '../../text/price-sources';
import { targetCost } from '../../text/size-table';
import { shortfalls } from './capacity-text';
import { type Colorize, colorizer } from './colorize';
import { stepLines } from './step-lines';
import { textTable, wrap } from './text-table';

export interface TerminalOptions {
  readonly colour: boolean;
  /** Duration of the review. @default - not shown */
  readonly seconds?: number;
}

/** Characters in a line of the overview. */
export const width = 100;
const titleWidth = 15;

type Row = readonly [title: string, cell: (review: StoreReview, colorize: Colorize) => string | undefined];

/** The comparison of several reviews on one screen, a column each; `--tier` and the page have all the rest. */
const rows: readonly (readonly Row[])[] = [
  [
    ['orders/month', ({ serves }) => figure(serves.ordersPerMonth)],
    ['users', ({ serves }) => serves.users],
  ],
  [
    ['API tasks', (review) => part(review, 'api')?.replace(/, .+/, '')],
    ['PostgreSQL', (review) => part(review, 'database')],
    ['replicas, proxy', (review) => list([part(review, 'replicas')?.replace(/ × .+/, ''), part(review, 'proxy') && 'proxy'])],
    ['cache', (review) => part(review, 'cache')],
    [
      'NAT, WAF, vault',
      (review) => list([part(review, 'network'), part(review, 'firewall') && 'WAF', part(review, 'backups') && 'vault']),
    ],
    ['alarms', alarms],
  ],
  [
    ['fixed + usage $', ({ total }) => fixedAndUsage(total)],
    [
      'TOTAL: low-high',
      ({ total, missingPrices, band }, colorize) =>
        missingPrices.length > 0
          ? colorize('strong', `${usd(total.usdPerMonth)} and more`)
          : `${colorize('strong', usd(total.usdPerMonth))}: ${range(band.low, band.high, (end) => figure(end, 0))}`,
    ],
    ['budget', budgetCell],
    ['target cost', ({ budget }) => targetCost(budget)],
    ['Valkey + plans', (review) => savedBy(review, ['Valkey'], ['Database plan', 'Compute plan'])],
    ['$ per user', usdPerUser],
  ],
  [
    ['requests/s', loadCell],
    ['bottleneck', bottleneck],
  ],
];

export function overview(reviews: readonly StoreReview[], options: TerminalOptions): string {
  const colorize = colorizer(options.colour);
  const notes = [
    ...reviews.flatMap(({ name, capacity }) => shortfalls(name, capacity).map((line) => `! ${line}`)),
    ...comparisonNotes(reviews),
  ].flatMap((note) => wrap(colorize('warn', note), width));
  const steps = stepLines(reviews).flatMap((line) => wrap(colorize('quiet', line), width));
  const top = [header(reviews, options), '', ...table(reviews, colorize), ...steps];
  const lines = [...top, ...(notes.length > 0 ? ['', ...notes] : [])];
  return lines.map((line) => `${line}\n`).join('');
}

function table(reviews: readonly StoreReview[], colorize: Colorize): string[] {
  const cellWidth = Math.floor((width - titleWidth) / reviews.length) - 2;
  const columns = [{ width: titleWidth }, ...reviews.map(() => ({ width: cellWidth }))];
  const rule = colorize('quiet', '─'.repeat(width));
  const cells = ([title, cell]: Row) => [title].concat(reviews.map((review) => cell(review, colorize) ?? '-'));
  return [
    ...textTable(columns, [['', ...reviews.map(({ name }) => colorize('strong', name))]]),
    ...rows.flatMap((group) => [rule].concat(textTable(columns, group.map(cells)))),
  ];
}

/** Text of a part, without the prefixes of all classes. */
function part({ parts }: StoreReview, name: PartName): string | undefined {
  return parts
    .find((one) => one.part === name)
    ?.text.replaceAll(/\b(db|cache)\./g, '')
    .replace(' Multi-AZ', '');
}

/** With how many of the documents' thresholds they watch. */
function alarms({ alarmCoverage: { alarms: count, documented } }: StoreReview): string {
  return `${count}; ${documented.filter(({ verdict }) => verdict === 'watched').length}/${documented.length} limits`;
}

function list(items: readonly (string | undefined)[]): string | undefined {
  return items.filter((item) => item !== undefined).join(' + ') || undefined;
}

const verdicts = {
  holds: ['good', 'ok'],
  exceeded: ['bad', 'EXCEEDED'],
  incomplete: ['warn', 'open: prices missing'],
} as const;

function budgetCell({ budget }: StoreReview, colorize: Colorize): string {
  const [tone, text] = verdicts[budget.verdict];
  return `${figure(budget.usdPerMonth)} ${colorize(tone, text)}`;
}

function usdPerUser({ capacity }: StoreReview, colorize: Colorize): string {
  const { usdPerUser: each, usdPerUserHolds } = capacity.costs;
  if (usdPerUserHolds === undefined) return `${each.toFixed(3)} and more`;
  return `${each.toFixed(3)} ${usdPerUserHolds ? colorize('good', 'ok') : colorize('bad', 'over the target')}`;
}

/** USD a month of groups of savings: `−92 −231`. */
function savedBy({ savings }: StoreReview, ...groups: readonly (readonly SavingName[])[]): string | undefined {
  const amounts = groups.flatMap((names) => {
    const own = savings.flatMap(({ name, usdPerMonth }) => (names.includes(name) ? (usdPerMonth ?? []) : []));
    return own.length === 0 ? [] : [`−${usd(own.reduce((sum, one) => sum + one, 0))}`];
  });
  return amounts.length === 0 ? undefined : amounts.join(' ');
}

/** If a part is not measured, such as a custom container, it may be less. */
function loadCell({ capacity: { maxLoad: load, complete } }: StoreReview): string | undefined {
  return load && `${complete ? '' : 'at most '}${requests(load)}`;
}

function bottleneck({ capacity: { bottleneck: limit, complete, limits } }: StoreReview): string | undefined {
  if (complete || !limit) return limit?.title;
  const unknown = limits.filter(({ maxLoad }) => maxLoad === 'not measured' || maxLoad === 'not known').map(({ title }) => title);
  return `${limit.title}; not measured: ${unknown.join(', ')}`;
}

/** First line of a report. */
export function header(reviews: readonly StoreReview[], { seconds }: Pick<TerminalOptions, 'seconds'>): string {
  const dates = priceDates(reviews);
  const facts = [
    reviews.length === 1 ? `Store review: ${reviews[0]?.name}` : 'Store review',
    ...new Set(reviews.map(({ region }) => region)),
    ...(dates === undefined ? [] : [`prices of ${dates}`]),
    'no AWS call',
    ...(seconds === undefined ? [] : [`${seconds.toFixed(1)} s`]),
  ];
  return facts.join(' · ');
}

/** Path of the page, and commands to paste; empty if there is neither. */
export function nextSteps(reviews: readonly StoreReview[], page: string | undefined): string {
  const [first, second] = reviews.map(({ name }) => name);
  const lines = [
    ...(page === undefined ? [] : [`Page  ${page}`]),
    ...(second === undefined ? [] : [`Next  npm start -- --tier ${second}    npm start -- --from ${first} --to ${second}`]),
  ];
  return lines.length === 0 ? '' : ['', ...lines].map((line) => `${line}\n`).join('');
}
