import { targets } from '../../../../alarms/thresholds';
import { concurrentUsers, requests } from '../../capacity/load-figures';
import type { CapacityReview, Limit, Load, Step } from '../../capacity/types';
import type { StoreReview } from '../../review-store';
import { figure, range, times, usdAndCents } from '../../text/money';
import { loadText, stepPrice } from './capacity-text';
import type { Colorize } from './colorize';
import { textTable, wideWidth, wrap } from './text-table';

const limitColumns = [
  { width: 40 },
  { width: 15, align: 'right' },
  { width: 16, align: 'right' },
  { width: 8, align: 'right' },
  { width: 12 },
  { width: wideWidth - 101 },
] as const;
const indent = '    ';

/** Each limit, with its calculation below it. */
export function capacityLines(capacity: CapacityReview, colorize: Colorize): string[] {
  return [
    ...textTable(limitColumns, [['limit', 'requests/s', 'concurrent users', 'headroom', 'duration', 'value']]),
    ...capacity.limits.flatMap((limit) => limitLines(limit, capacity, colorize)),
    ...capacity.notExamined.flatMap(({ resource, type, reason }) =>
      wrap(`not examined, so no requirement counts as met: ${resource} (${type}), ${reason}`, wideWidth),
    ),
    ...hitRateLines(capacity),
    ...stepLines('Next upgrade', capacity.nextUpgrade),
    ...stepLines('To meet all requirements', capacity.recommendedUpgrade),
  ];
}

function limitLines(limit: Limit, { bottleneck, maxLoad: all }: CapacityReview, colorize: Colorize): string[] {
  const { title, maxLoad, duration, value, calculation } = limit;
  const first = limit === bottleneck;
  const figures =
    typeof maxLoad === 'string' ? [maxLoad, '', ''] : [requests(maxLoad), concurrentUsers(maxLoad), headroom(maxLoad, all)];
  const head = [first ? colorize('warn', `${title}: bottleneck`) : colorize('strong', title), ...figures, duration, value];
  return [
    ...textTable(limitColumns, [head]),
    ...wrap(calculation, wideWidth - indent.length).map((line) => colorize('quiet', `${indent}${line}`)),
  ];
}

/** Limit of a part divided by the capacity of the store. */
function headroom({ requestsPerSecond }: Load, all: Load | undefined): string {
  if (!all || all.requestsPerSecond === 0) return '';
  return times(requestsPerSecond / all.requestsPerSecond);
}

function hitRateLines({ atHitRates }: CapacityReview): string[] {
  const at = atHitRates.flatMap(({ cdnHitRate, maxLoad }) =>
    maxLoad ? [`${figure(cdnHitRate * 100)}% ${loadText(maxLoad)}`] : [],
  );
  return at.length === 0
    ? []
    : ['', ...wrap(`At the CDN hit rates that the documents aim at [growth-plan]: ${at.join(', ')}`, wideWidth)];
}

function stepLines(title: string, step: Step | undefined): string[] {
  if (!step) return [];
  const { maxLoad, nextBottleneck, lines } = step;
  const then = [maxLoad && `then ${loadText(maxLoad)}`, nextBottleneck && `bottleneck: ${nextBottleneck}`].filter((text) => text);
  return [
    '',
    ...wrap(`${title}: ${[`${step.text}${stepPrice(step)}`, ...then].join('; ')}`, wideWidth),
    ...lines.map((line) => `${indent}→ ${line}`),
  ];
}

const verdicts = { holds: 'good', 'falls short': 'bad', 'not known': 'warn' } as const;

export function demandLines(capacity: CapacityReview, colorize: Colorize): string[] {
  const rows = capacity.demands.map(({ required, capacity: available, headroom: factor, verdict, source }) => [
    required,
    available,
    factor === undefined ? '' : times(factor),
    colorize(verdicts[verdict], verdict),
    source,
  ]);
  return textTable([{ width: 38 }, { width: 28 }, { width: 9, align: 'right' }, { width: 11 }, { width: 26 }], rows);
}

/** If a price is missing, each cost is a minimum, and whether the target holds is not known. */
export function costOfUseLines({ capacity, costIsAtLeast }: StoreReview): string[] {
  const { usdPerUser, usdPerUserHolds, usdPerOrder, usdPerVisit, usdPerThousandRequests } = capacity.costs;
  const more = costIsAtLeast ? 'at least ' : '';
  const holds = usdPerUserHolds === undefined ? 'open: not everything is priced' : usdPerUserHolds ? 'holds' : 'MISSED';
  const target = `target: below ${targets.costPerUser.most}, ${holds} ${targets.costPerUser.source}`;
  return [
    ...wrap(`per user  ${more}${usdPerUser.toFixed(4)} USD a month; ${target}`, wideWidth),
    ...(usdPerOrder === undefined ? [] : [`per order ${more}${usdAndCents(usdPerOrder)} USD, without payment fees`]),
    ...(usdPerVisit === undefined ? [] : [`per visit ${more}${usdPerVisit.toFixed(4)} USD`]),
    ...(usdPerThousandRequests === undefined
      ? []
      : [`per 1,000 requests to the CDN ${more}${usdPerThousandRequests.toFixed(4)} USD`]),
  ];
}

export function capacityAssumptionLines(capacity: CapacityReview): string[] {
  return textTable(
    [{ width: 25 }, { width: 9, align: 'right' }, { width: 13 }, { width: 45 }, { width: 20 }],
    capacity.assumptions.map(({ name, value, range: ends, description, source }) => [
      name,
      digits(value),
      ends ? range(ends.low, ends.high, digits) : '',
      ends ? `${description}; ${ends.why}` : description,
      source,
    ]),
  );
}

const digits = (value: number): string => figure(value, 4);
