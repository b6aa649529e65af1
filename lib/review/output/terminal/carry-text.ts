import type { GivenUsage } from '../../../usage/monthly-usage';
import type { Demand } from '../../capacity/types';
import type { CarriedStore, CarryReview } from '../../carry/types';
import { formatQuota, formatUse, quotaVerdicts } from '../../quotas/quotas';
import { exactly, fixedAndUsage, usd } from '../../text/money';
import { type Colorize, colorizer } from './colorize';
import { textTable, wideWidth, wrap } from './text-table';

interface Options {
  readonly colour: boolean;
}

/** The stores that carry a demand; or what is missing, with figures. */
export function carryText(review: CarryReview, { colour }: Options): string {
  const colorize = colorizer(colour);
  const { assumed, assumedFrom, notSearched } = review;
  const lines = [
    colorize('strong', `Stores for ${figures(review.demand)}`),
    ...(Object.keys(assumed).length > 0
      ? wrap(`Not given, so in every size as ${assumedFrom} assumes (--usage gives others): ${figures(assumed)}`, wideWidth)
      : []),
    ...notSearched.flatMap(({ tier, why }) => wrap(`${tier} is not among them: ${why}`, wideWidth)),
    '',
    ...verdictLines(review, colorize),
  ];
  return `${lines.join('\n')}\n`;
}

const figures = (usage: GivenUsage): string =>
  Object.entries(usage)
    .map(([name, value]) => `${name} ${value.toLocaleString('en-US')}`)
    .join(', ');

function verdictLines({ verdict, stores, nearest, maxUsd = 0 }: CarryReview, colorize: Colorize): readonly string[] {
  const [first] = stores;
  if (verdict === 'found')
    return stores.flatMap((store, index) => storeLines(store, colorize, { number: `${index + 1}. `, next: stores[index + 1] }));
  if (verdict === 'not carried') {
    const no = colorize('bad', 'No store of any size bears it.');
    return [no, ...(nearest ? ['The nearest:', '', ...storeLines(nearest, colorize)] : [])];
  }
  return [
    colorize(
      'bad',
      `No store within ${usd(maxUsd)} USD a month bears it. The cheapest that does costs ${usd(first?.cost.usdPerMonth ?? 0)}:`,
    ),
    '',
    ...(first ? storeLines(first, colorize, { next: stores[1] }) : []),
    ...(nearest
      ? [`The most that ${usd(maxUsd)} USD a month buy:`, '', ...storeLines(nearest, colorize)]
      : [`Every store costs more than ${usd(maxUsd)} USD a month, whatever it bears.`]),
  ];
}

const mainParts = new Set(['api tasks', 'worker tasks', 'database', 'read replicas', 'RDS Proxy', 'cache', 'NAT gateways']);

interface Place {
  readonly number?: string;
  readonly next?: CarriedStore | undefined;
}

function storeLines(store: CarriedStore, colorize: Colorize, { number = '', next }: Place = {}): readonly string[] {
  const { tier, cost, parts, demands, tightest, notKnown, lessThanSize, lessThanNext, quotas, cdnQuota, lines } = store;
  const rows: readonly (readonly [title: string, lines: readonly string[]])[] = [
    [
      'consists of',
      [
        parts
          .filter(({ title }) => mainParts.has(title))
          .map(({ title, text }) => `${title} ${text}`)
          .join('; '),
      ],
    ],
    ['capacity', demands.map((demand) => demandLine(demand))],
    ['not known', notKnown],
    ['tightest', tightest ? [`${tightest.title} (${tightest.value}): ${headroomText(tightest.headroom)}`] : []],
    [`less than ${tier}`, lessThanSize.length > 0 ? [lessThanSize.join('; ')] : []],
    [
      'less than next',
      lessThanNext.length > 0
        ? [`for ${usd((next?.cost.usdPerMonth ?? 0) - cost.usdPerMonth)} USD a month more: ${lessThanNext.join('; ')}`]
        : [],
    ],
    [
      'ask AWS for',
      [
        ...quotas.map((use) => `${use.title}: ${formatUse(use)}; the quota (${formatQuota(use)}) ${quotaVerdicts[use.verdict]}`),
        ...(cdnQuota === undefined ? [] : [`the CDN: ${cdnQuota}`]),
      ],
    ],
    ['in cdk.json', lines.length > 0 ? lines : ['nothing: the size as it is']],
  ];
  const title = `${number}${tier}, ${usd(cost.usdPerMonth)} USD a month (${fixedAndUsage(cost)} usage)`;
  return [
    colorize('strong', title),
    ...textTable(
      [{ width: 16 }, { width: wideWidth - 18 }],
      rows.flatMap(([name, all]) => all.map((text, index) => [index === 0 ? name : '', text])),
    ),
    store.deploy,
    store.review,
    '',
  ];
}

const demandLine = ({ required, capacity, headroom, verdict }: Demand): string =>
  `${required}: ${capacity}${verdict === 'holds' ? `, ${exactly(headroom ?? 0)}` : `, ${verdict}${headroom === undefined ? '' : ` (${exactly(headroom)})`}`}`;

const headroomText = (headroom: number | undefined): string =>
  headroom === undefined ? 'not known' : `${exactly(headroom)} of what is asked`;
