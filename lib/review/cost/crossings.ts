import { type CostByOrders, fewestOrders, mostOrders } from './by-orders';

/** The orders of a month from which another store is the cheapest that carries them. */
export interface Crossing {
  readonly orders: number;
  readonly from: string;
  /** undefined: none of the stores carries more. */
  readonly to: string | undefined;
  /** `capacity`: `from` does not carry more; `costs less`: both carry it. */
  readonly reason: 'capacity' | 'costs less';
  /** Of `to`; of `from` where there is none. */
  readonly usdPerMonth: number;
}

export interface Line {
  readonly name: string;
  readonly byOrders?: CostByOrders | undefined;
}

/** Where the cheapest store that carries the month changes, fewest orders first. A store whose end is not known is never it. */
export function crossingsOf(lines: readonly Line[]): readonly Crossing[] {
  const ends = eventsOf(lines);
  const spans = ends.slice(1).map((to, index) => {
    const from = ends[index] ?? to;
    return { from, cheapest: cheapestAt(Math.sqrt(from * to), lines) };
  });
  return spans.slice(1).flatMap(({ from: orders, cheapest }, index) => {
    const before = spans[index]?.cheapest;
    if (!before || before === cheapest) return [];
    const reason = isWithin(before, orders * 1.001) ? 'costs less' : 'capacity';
    return [{ orders, from: before.name, to: cheapest?.name, reason, usdPerMonth: costAt(orders, cheapest ?? before) ?? 0 }];
  });
}

/** Orders at which the cheapest may change: both ends, where a store ends, where two lines cross. */
function eventsOf(lines: readonly Line[]): readonly number[] {
  const ends = lines.flatMap(({ byOrders }) => byOrders?.maxOrders ?? []);
  const cross = lines.flatMap((one, index) => lines.slice(index + 1).flatMap((other) => intersections(one, other)));
  const inside = [...ends, ...cross].filter((orders) => orders > fewestOrders && orders < mostOrders);
  return [...new Set([fewestOrders, ...inside, mostOrders])].toSorted((one, other) => one - other);
}

function intersections(one: Line, other: Line): readonly number[] {
  const all = [one, other].flatMap(({ byOrders }) => byOrders?.points.map(({ orders }) => orders) ?? []);
  const steps = [...new Set(all)].toSorted((low, high) => low - high);
  const differences = steps.map((orders) => Math.log((costAt(orders, one) ?? 1) / (costAt(orders, other) ?? 1)));
  return steps.slice(1).flatMap((high, index) => {
    const [low = high, before = 0, after = 0] = [steps[index], differences[index], differences[index + 1]];
    if (!(before * after < 0)) return [];
    return [Math.round(low * (high / low) ** (before / (before - after)))];
  });
}

const isWithin = ({ byOrders }: Line, orders: number): boolean => orders <= (byOrders?.maxOrders ?? 0);

function cheapestAt(orders: number, lines: readonly Line[]): Line | undefined {
  const able = lines.filter((line) => isWithin(line, orders));
  const costs = able.map((line) => costAt(orders, line) ?? Number.POSITIVE_INFINITY);
  return able[costs.indexOf(Math.min(...costs))];
}

/** USD a month, between two points as on a chart of two logarithmic axes; undefined without points. */
function costAt(orders: number, { byOrders: { points } = { points: [], maxOrders: undefined } }: Line): number | undefined {
  const next = points.findIndex((point) => point.orders >= orders);
  const [before, after] = [points[Math.max(0, next - 1)], points[next]];
  if (!before || !after || before === after) return after?.usdPerMonth;
  const share = Math.log(orders / before.orders) / Math.log(after.orders / before.orders);
  return before.usdPerMonth * (after.usdPerMonth / before.usdPerMonth) ** share;
}
