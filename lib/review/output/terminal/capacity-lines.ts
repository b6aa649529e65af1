import { targets } from '../../../../alarms/thresholds';
import { requests, usersAtOnce } from '../../capacity/load-figures';
import type { CapacityReview, Demand, Limit, Load, Step } from '../../capacity/types';
import type { StoreReview } from '../../review-store';
import { figure, times, usdAndCents } from '../../text/money';
import { loadWords, stepPrice } from './capacity-text';
import type { Paint } from './colorize';
import { wideWidth } from './section';
import { textTable, wrap } from './text-table';

const limitColumns = [
  { width: 40 },
  { width: 12, align: 'right' },
  { width: 13, align: 'right' },
  { width: 8, align: 'right' },
  { width: 12 },
  { width: wideWidth - 95 },
] as const;
const indent = '    ';

/** Each limit, with the arithmetic behind it under it. */
export function capacityLines(capacity: CapacityReview, paint: Paint): string[] {
  return [
    ...textTable(limitColumns, [['part', 'requests/s', 'users at once', 'headroom', 'holds', 'by itself']]),
    ...capacity.limits.flatMap((limit) => limitLines(limit, capacity, paint)),
    ...notExaminedLines(capacity),
    ...hitRateLines(capacity),
    ...stepLines(capacity),
  ];
}

function limitLines(limit: Limit, { breaksFirst, carries: all }: CapacityReview, paint: Paint): string[] {
  const { title, carries, holds, own, how } = limit;
  const first = limit === breaksFirst;
  const figures =
    typeof carries === 'string' ? [carries, '', ''] : [requests(carries), usersAtOnce(carries), timesOfAll(carries, all)];
  const head = [first ? paint('warn', `${title}: breaks first`) : paint('strong', title), ...figures, holds, own];
  return [
    ...textTable(limitColumns, [head]),
    ...wrap(how, wideWidth - indent.length).map((line) => paint('quiet', `${indent}${line}`)),
  ];
}

/** What a part allows in what the store carries. */
function timesOfAll({ requestsPerSecond }: Load, all: Load | undefined): string {
  if (!all || all.requestsPerSecond === 0) return '';
  return times(requestsPerSecond / all.requestsPerSecond);
}

function notExaminedLines({ notExamined }: CapacityReview): string[] {
  return notExamined.flatMap(({ resource, type, reason }) =>
    wrap(`not examined, so no demand is called met: ${resource} (${type}), ${reason}`, wideWidth),
  );
}

function hitRateLines({ atHitRates }: CapacityReview): string[] {
  const at = atHitRates.flatMap(({ cdnHitRate, carries }) =>
    carries ? [`${figure(cdnHitRate * 100)}% ${loadWords(carries)}`] : [],
  );
  return at.length === 0 ? [] : ['', ...wrap(`Where the CDN answers as the documents aim at [4]: ${at.join(', ')}`, wideWidth)];
}

function stepLines({ stepUp, remedy }: CapacityReview): string[] {
  return [...(stepUp ? stepOf('One step up', stepUp) : []), ...(remedy ? stepOf('To carry what is asked', remedy) : [])];
}

function stepOf(title: string, step: Step): string[] {
  const { carries, thenBreaksFirst, lines } = step;
  const then = [carries && `then ${loadWords(carries)}`, thenBreaksFirst && `${thenBreaksFirst} breaks first`].filter(
    (words) => words,
  );
  return [
    '',
    ...wrap(`${title}: ${[`${step.words}${stepPrice(step)}`, ...then].join('; ')}`, wideWidth),
    ...lines.map((line) => `${indent}→ ${line}`),
  ];
}

const verdicts = { holds: 'good', 'falls short': 'bad', 'not known': 'warn' } as const;

export function demandLines(capacity: CapacityReview, paint: Paint): string[] {
  const rows = capacity.demands.map(({ asks, carries, headroom, verdict, source }: Demand) => [
    asks,
    carries,
    headroom === undefined ? '' : times(headroom),
    paint(verdicts[verdict], verdict),
    source,
  ]);
  return textTable([{ width: 38 }, { width: 28 }, { width: 9, align: 'right' }, { width: 11 }, { width: 26 }], rows);
}

/** Where not everything is priced, each costs more than is told, and nobody knows whether the target holds. */
export function costOfUseLines({ capacity, costIsAtLeast }: StoreReview): string[] {
  const { perUser, perUserHolds, perOrder, perThousandRequests } = capacity.costs;
  const more = costIsAtLeast ? 'at least ' : '';
  const holds = perUserHolds === undefined ? 'open: not everything is priced' : perUserHolds ? 'holds' : 'MISSED';
  const target = `target: under ${targets.costPerUser.most} ${targets.costPerUser.source}, ${holds}`;
  return [
    ...(perUser === undefined ? [] : [`a user   ${more}${perUser.toFixed(4)} USD a month; ${target}`]),
    ...(perOrder === undefined ? [] : [`an order ${more}${usdAndCents(perOrder)} USD, without payment fees`]),
    ...(perThousandRequests === undefined ? [] : [`1,000 requests to the CDN ${more}${perThousandRequests.toFixed(4)} USD`]),
  ];
}

export function capacityAssumptionLines(capacity: CapacityReview): string[] {
  return textTable(
    [{ width: 28 }, { width: 12, align: 'right' }, { width: 54 }, { width: 20 }],
    capacity.assumptions.map(({ name, value, says, source, set }) => [name, figure(value, 4), says, set ? 'set by you' : source]),
  );
}
