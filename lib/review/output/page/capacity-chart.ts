import { requests, rounded } from '../../capacity/load-figures';
import type { CapacityReview, Limit, Load } from '../../capacity/types';
import type { StoreReview } from '../../review-store';
import { figure } from '../../text/money';
import { chart, colours, type Drawing, fontSize } from './charts';
import type { Html } from './html';

/** Limits in a chart; the table has all. */
const shown = 10;
const rowHeight = 32;
const suffix = ' · bottleneck';
/** Pixels of a mean letter of the charts. */
const letterWidth = 6.5;

type KnownLimit = Limit & { readonly maxLoad: Load };

/** The part of a review that is drawn. */
interface CapacityPicture {
  readonly name: string;
  /** The tightest. */
  readonly limits: readonly KnownLimit[];
  readonly bottleneck: string | undefined;
  /** Requests/s that the documents require; undefined if no demand can be converted to them. */
  readonly required: number | undefined;
}

/** The tightest limits, and the highest demand, on a logarithmic scale; undefined where no limit is known. */
export function capacityChart({ name, capacity }: StoreReview): Html | undefined {
  const limits = capacity.limits.filter(isKnown).slice(0, shown);
  const picture = { name, limits, bottleneck: capacity.bottleneck?.id, required: requiredRate(capacity) };
  return limits.length === 0 ? undefined : chart((width) => drawing(picture, width), text(picture));
}

function isKnown(limit: Limit): limit is KnownLimit {
  return typeof limit.maxLoad !== 'string';
}

/** Only these demands are in the unit of the limits, so that their headroom gives the required requests/s. */
const inLoad: ReadonlySet<string> = new Set(['requests-per-second', 'concurrent-users']);

function requiredRate({ maxLoad, demands }: CapacityReview): number | undefined {
  const headrooms = demands.flatMap(({ id, headroom }) => (inLoad.has(id) && headroom ? [headroom] : []));
  return maxLoad && headrooms.length > 0 ? maxLoad.requestsPerSecond / Math.min(...headrooms) : undefined;
}

function text({ name, limits, required }: CapacityPicture): string {
  const rates = limits.map((limit) => `${titleOf(limit)} ${requests(limit.maxLoad)}`);
  const demandText =
    required === undefined ? 'The required rate is not known.' : `Required: ${figure(rounded(required))} requests/s.`;
  return `Capacity of ${name} in requests/s, the tightest limit first: ${rates.join(', ')}. ${demandText}`;
}

function titleOf({ title, duration }: Limit): string {
  return duration === 'always' ? title : `${title} (${duration})`;
}

function drawing(picture: CapacityPicture, width: number): ReturnType<Drawing> {
  const { limits, required } = picture;
  const [least, most] = decades([...limits.map(rateOf), ...(required === undefined ? [] : [required])]);
  return {
    height: limits.length * rowHeight + 42,
    option: {
      grid: { left: 8, right: 20, top: 24, bottom: 50 },
      xAxis: {
        type: 'log',
        min: least,
        max: most,
        axisLabel: { color: colours.muted, fontSize, formatter: (value: number) => figure(value) },
        splitLine: { lineStyle: { color: colours.line } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        boundaryGap: false, // a line of the grid runs through each mark, not between them
        data: limits.map(({ id }) => id),
        axisLabel: { show: false },
        axisTick: { show: false },
        axisLine: { show: false },
        splitLine: { show: true, lineStyle: { color: colours.line } },
      },
      series: [demand(required), names(picture, least, width), marks(picture)],
    },
  };
}

/** A log scale has no zero. */
function rateOf({ maxLoad }: KnownLimit): number {
  return Math.max(maxLoad.requestsPerSecond, 0.1);
}

function decades(rates: readonly number[]): readonly [least: number, most: number] {
  return [10 ** Math.floor(Math.log10(Math.min(...rates) * 0.9)), 10 ** Math.ceil(Math.log10(Math.max(...rates) * 1.1))];
}

/** Above its line, at the left edge: a phone has no room beside the marks. */
function names({ limits, bottleneck }: CapacityPicture, least: number, width: number) {
  return {
    ...points,
    symbolSize: 0,
    z: 3,
    itemStyle: { opacity: 1 },
    data: limits.map((limit, index) => {
      const first = limit.id === bottleneck;
      return {
        value: [least, index],
        label: {
          show: true,
          position: 'right' as const,
          offset: [-8, -13],
          formatter: nameOf(limit, first, (width - 32) / letterWidth),
          color: first ? colours.bad : colours.ink,
          fontWeight: first ? ('bold' as const) : ('normal' as const),
          fontSize,
          backgroundColor: colours.page,
          padding: [1, 4, 1, 3],
        },
      };
    }),
  };
}

/** As much of the title as fits before the figure; the caption also names the bottleneck. */
function nameOf(limit: KnownLimit, first: boolean, letters: number): string {
  const [title, rate] = [titleOf(limit), `: ${requests(limit.maxLoad)}`];
  const room = Math.floor(letters) - rate.length;
  const end = first && title.length + suffix.length <= room ? suffix : '';
  return `${title.length > room ? `${title.slice(0, room - 1)}…` : title}${rate}${end}`;
}

/** Hollow: informational, never the bottleneck. */
function marks({ limits, bottleneck }: CapacityPicture) {
  return {
    ...points,
    symbolSize: 11,
    z: 4,
    data: limits.map((limit, index) => {
      const colour = limit.id === bottleneck ? colours.bad : colours.mark;
      return {
        value: [rateOf(limit), index],
        itemStyle: { color: limit.informational ? colours.page : colour, borderColor: colour, borderWidth: 2, opacity: 1 },
      };
    }),
  };
}

function demand(required: number | undefined) {
  return {
    ...points,
    data: [],
    ...(required !== undefined && {
      markLine: {
        symbol: 'none',
        z: 2,
        lineStyle: { color: colours.ink, width: 2, type: 'dashed' as const },
        label: {
          position: 'end' as const,
          distance: 24,
          formatter: `required ${figure(rounded(required))}/s`,
          color: colours.ink,
          fontSize,
          fontWeight: 'bold' as const,
        },
        data: [{ xAxis: Math.max(required, 0.1) }],
      },
    }),
  };
}

const points = { type: 'scatter', clip: false, silent: true } as const;
