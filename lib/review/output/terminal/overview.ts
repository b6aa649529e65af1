import type { PartName } from '../../../facts/part-names';
import type { StoreReview } from '../../review-store';
import { figure, usd } from '../../text/money';
import { priceDates } from '../../text/price-sources';
import { riskText } from '../../text/risk-text';
import { loadText, shortfalls } from './capacity-text';
import { type Colorize, colorizer } from './colorize';
import { textTable, wrap } from './text-table';

export interface TerminalOptions {
  readonly colour: boolean;
  /** How long the review took. @default - not told */
  readonly seconds?: number;
}

/** Characters in a line, of the overview and of what is longer. */
export const width = 100;
const titleWidth = 15;

interface Row {
  readonly title: string;
  readonly cell: (review: StoreReview, colorize: Colorize) => string | undefined;
}

const absent = '-';

/** The comparison of several reviews on one screen, a column each; `--tier` and the page have all the rest. */
const rows: readonly (readonly Row[])[] = [
  [
    { title: 'orders/month', cell: ({ serves }) => serves && figure(serves.ordersPerMonth) },
    { title: 'users', cell: ({ serves }) => serves?.users },
  ],
  [
    { title: 'API tasks', cell: (review) => part(review, 'api')?.replace(/, .+/, '') },
    { title: 'PostgreSQL', cell: (review) => part(review, 'database') },
    { title: 'replicas, proxy', cell: replicasAndProxy },
    { title: 'cache', cell: (review) => part(review, 'cache') },
    { title: 'NAT, WAF, vault', cell: natWafVault },
    { title: 'alarms', cell: alarms },
  ],
  [
    { title: 'fixed + usage $', cell: ({ total }) => `${usd(total.fixedUsdPerMonth)} + ${usd(total.usageUsdPerMonth)}` },
    {
      title: 'TOTAL $/month',
      cell: ({ total, missingPrices }, colorize) =>
        colorize('strong', `${usd(total.usdPerMonth)}${missingPrices.length > 0 ? ' and more' : ''}`),
    },
    { title: 'budget', cell: budget },
    {
      title: 'target cost',
      cell: ({ budget: of }) => of && `${figure(of.targetUsdPerMonth.from)}-${figure(of.targetUsdPerMonth.to)}`,
    },
    { title: '$ per user', cell: usdPerUser },
  ],
  [
    { title: 'carries', cell: loadCell },
    { title: 'breaks first', cell: bottleneck },
  ],
];

export function overview(reviews: readonly StoreReview[], options: TerminalOptions): string {
  const colorize = colorizer(options.colour);
  const told = notes(reviews).flatMap((note) => wrap(colorize('warn', note), width));
  const lines = [header(reviews, options), '', ...table(reviews, colorize), ...(told.length > 0 ? ['', ...told] : [])];
  return lines.map((line) => `${line}\n`).join('');
}

function table(reviews: readonly StoreReview[], colorize: Colorize): string[] {
  const cell = Math.floor((width - titleWidth) / reviews.length) - 2;
  const columns = [{ width: titleWidth }, ...reviews.map(() => ({ width: cell }))];
  const rule = colorize('quiet', '─'.repeat(width));
  const lines = textTable(columns, [['', ...reviews.map(({ name }) => colorize('strong', name))]]);
  for (const group of rows) {
    lines.push(
      rule,
      ...textTable(
        columns,
        group.map((row) => cells(row, reviews, colorize)),
      ),
    );
  }
  return lines;
}

function cells({ title, cell }: Row, reviews: readonly StoreReview[], colorize: Colorize): string[] {
  return [title, ...reviews.map((review) => cell(review, colorize) ?? absent)];
}

/** Words of a part, without what all classes begin with. */
function part({ parts }: StoreReview, name: PartName): string | undefined {
  return parts
    .find((one) => one.part === name)
    ?.text.replaceAll(/\b(db|cache)\./g, '')
    .replace(' Multi-AZ', '');
}

function replicasAndProxy(review: StoreReview): string | undefined {
  const replicas = part(review, 'replicas')?.replace(/ × .+/, '');
  return list([replicas, part(review, 'proxy') && 'proxy']);
}

function natWafVault(review: StoreReview): string | undefined {
  return list([part(review, 'network'), part(review, 'firewall') && 'WAF', part(review, 'backups') && 'vault']);
}

/** With how many of the documents' thresholds they hold. */
function alarms({ alarmCoverage }: StoreReview): string {
  const { alarms: count, documented } = alarmCoverage;
  return `${count}; ${documented.filter(({ alarms: ids }) => ids.length > 0).length}/${documented.length} limits`;
}

function list(items: readonly (string | undefined)[]): string | undefined {
  const there = items.filter((item) => item !== undefined);
  return there.length > 0 ? there.join(' + ') : undefined;
}

const verdicts = {
  holds: ['good', 'ok'],
  exceeded: ['bad', 'EXCEEDED'],
  incomplete: ['warn', 'open: prices missing'],
} as const;

function budget({ budget: of }: StoreReview, colorize: Colorize): string | undefined {
  if (!of) return undefined;
  const [tone, word] = verdicts[of.verdict];
  return `${figure(of.usdPerMonth)} ${colorize(tone, word)}`;
}

function usdPerUser({ capacity }: StoreReview, colorize: Colorize): string | undefined {
  const { usdPerUser: each, usdPerUserHolds } = capacity.costs;
  if (each === undefined) return undefined;
  if (usdPerUserHolds === undefined) return `${each.toFixed(3)} and more`;
  return `${each.toFixed(3)} ${usdPerUserHolds ? colorize('good', 'ok') : colorize('bad', 'over the target')}`;
}

/** Where a part is not measured, such as a custom container, it may be less. */
function loadCell({ capacity: { maxLoad: load, complete } }: StoreReview): string | undefined {
  return load && `${complete ? '' : 'at most '}${loadText(load)}`;
}

function bottleneck({ capacity: { bottleneck: limit, complete, limits } }: StoreReview): string | undefined {
  if (complete || !limit) return limit?.title;
  const unknown = limits.filter(({ maxLoad }) => maxLoad === 'not measured' || maxLoad === 'not known').map(({ title }) => title);
  return `${limit.title}; not measured: ${unknown.join(', ')}`;
}

/** What the report shows, in its first line. */
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

/** Region that the sizes' budgets are made for; see `Budget` in lib/tiers. */
const budgetRegion = 'us-east-1';

function notes(reviews: readonly StoreReview[]): string[] {
  const missing = new Map(reviews.flatMap(({ missingPrices }) => missingPrices.map((price) => [price.key, price])));
  return [
    ...reviews.flatMap(({ name, capacity }) => shortfalls(name, capacity).map((line) => `! ${line}`)),
    ...(reviews.every(({ region }) => region === budgetRegion) ? [] : [`The budgets are set for ${budgetRegion}.`]),
    ...reviews.flatMap(({ name, acceptedRisks }) => acceptedRisks.map((risk) => `accepted risk (${name}): ${riskText(risk)}`)),
    ...[...missing.values()].map(
      ({ key, region, label }) => `missing price in ${region}: ${key} (${label}); not in the sums above`,
    ),
  ];
}

/** Where the page is, and commands to paste; nothing where there is neither. */
export function nextSteps(reviews: readonly StoreReview[], page: string | undefined): string {
  const [first, second] = reviews.map(({ name }) => name);
  const lines = [
    ...(page === undefined ? [] : [`Page  ${page}`]),
    ...(second === undefined ? [] : [`Next  npm start -- --tier ${second}    npm start -- --from ${first} --to ${second}`]),
  ];
  return lines.length === 0 ? '' : ['', ...lines].map((line) => `${line}\n`).join('');
}
