import { type CostByOrders, fewestOrders, mostOrders, type OrdersPoint } from '../../cost/by-orders';
import type { Crossing } from '../../cost/crossings';
import type { StoreReview } from '../../review-store';
import { figure, usd } from '../../text/money';
import { chart, colours, type Drawing, fontSize } from './charts';
import type { Html } from './html';

/** A store’s bill, which is drawn in its colour. */
interface Line extends CostByOrders {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
}

/** USD against orders of a month, both on logarithmic scales; undefined where no month has orders. */
export function ordersChart(reviews: readonly StoreReview[], crossings: readonly Crossing[]): Html | undefined {
  const lines = reviews.flatMap(({ name, byOrders }, index) =>
    byOrders ? [Object.assign({ name, colour: `var(--part-${index + 1})` }, byOrders)] : [],
  );
  return lines.length === 0 ? undefined : chart(() => drawing(lines, crossings), text(lines));
}

function text(lines: readonly Line[]): string {
  const all = lines.map(({ name, points, maxOrders }) => {
    const [first, last] = [points[0], points.at(-1)];
    const end = maxOrders === undefined ? 'how many it bears is not known' : `it bears ${figure(maxOrders)}`;
    return first && last
      ? `${name} ${usd(first.usdPerMonth)} at ${figure(first.orders)} orders to ${usd(last.usdPerMonth)} at ${figure(last.orders)}, ${end}`
      : name;
  });
  return `USD a month by orders a month: ${all.join('; ')}.`;
}

/** `19k`, `1.7M`: an axis has no room for more. */
export function compact(value: number): string {
  if (value < 1_000) return figure(value);
  return value < 1e6 ? `${figure(value / 1_000)}k` : `${figure(value / 1e6)}M`;
}

function drawing(lines: readonly Line[], crossings: readonly Crossing[]): ReturnType<Drawing> {
  const costs = lines.flatMap(({ points }) => points.map(({ usdPerMonth }) => usdPerMonth)).filter((cost) => cost > 0);
  const axis = {
    type: 'log' as const,
    nameLocation: 'end' as const,
    nameTextStyle: { color: colours.muted, fontSize },
    axisLabel: { color: colours.muted, fontSize, formatter: compact },
    axisLine: { lineStyle: { color: colours.line } },
    splitLine: { lineStyle: { color: colours.line } },
  };
  return {
    height: 330,
    option: {
      grid: { left: 42, right: 20, top: 30, bottom: 46 },
      xAxis: { ...axis, name: 'orders a month', nameLocation: 'middle', nameGap: 30, min: fewestOrders, max: mostOrders },
      yAxis: {
        ...axis,
        name: 'USD a month',
        nameTextStyle: { ...axis.nameTextStyle, align: 'left', padding: [0, 0, 0, -36] },
        ...decades(costs),
      },
      series: [...lines.flatMap(strokes), marks(crossings)],
    },
  };
}

function decades(costs: readonly number[]): { readonly min: number; readonly max: number } {
  return { min: 10 ** Math.floor(Math.log10(Math.min(...costs))), max: 10 ** Math.ceil(Math.log10(Math.max(...costs))) };
}

/** Through as far as the store carries the orders, dashed beyond; its name stands below the left end. */
function strokes({ name, colour, points, maxOrders = 0 }: Line) {
  const drawn = points.filter(({ usdPerMonth, orders }) => usdPerMonth > 0 && orders <= mostOrders);
  const label = {
    show: true,
    position: 'right' as const,
    offset: [-4, 12],
    formatter: name,
    color: colour,
    fontSize,
    fontWeight: 'bold' as const,
  };
  const [first] = drawn;
  return [
    stroke(
      drawn.filter(({ orders }) => orders <= maxOrders),
      { color: colour, width: 2.5 },
    ),
    stroke(
      drawn.filter(({ orders }) => orders >= maxOrders),
      { color: colour, width: 1.2, type: 'dashed' },
    ),
    {
      ...series,
      type: 'scatter' as const,
      symbolSize: 0,
      z: 4,
      itemStyle: { opacity: 1 },
      data: first ? [{ value: valueOf(first), label }] : [],
    },
  ];
}

function stroke(points: readonly OrdersPoint[], lineStyle: object) {
  return { ...series, type: 'line' as const, showSymbol: false, lineStyle, data: points.map(valueOf) };
}

const valueOf = ({ orders, usdPerMonth }: OrdersPoint): number[] => [orders, usdPerMonth];

/** Where another store is the cheapest that carries the orders; hollow: none carries more. */
function marks(crossings: readonly Crossing[]) {
  return {
    ...series,
    type: 'scatter' as const,
    symbolSize: 10,
    z: 5,
    data: crossings.map(({ orders, usdPerMonth, to }) => ({
      value: [orders, usdPerMonth],
      itemStyle: { color: to === undefined ? colours.page : colours.ink, borderColor: colours.ink, borderWidth: 2, opacity: 1 },
      label: {
        show: true,
        position: to === undefined ? ('bottom' as const) : ('top' as const),
        formatter: compact(orders),
        color: colours.ink,
        fontSize,
        fontWeight: 'bold' as const,
      },
    })),
  };
}

const series = { clip: false, silent: true } as const;
