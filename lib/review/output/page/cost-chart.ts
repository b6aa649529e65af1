import type { StoreReview } from '../../review-store';
import { figure, usd } from '../../text/money';
import { chart, colours, type Drawing, fontSize } from './charts';
import type { Html } from './html';

/** A part of the bar. */
export interface Slice {
  readonly part: string;
  readonly usdPerMonth: number;
  /** CSS colour. */
  readonly colour: string;
}

/** The cost of a store, part by part in one bar, compared with the documents’ range and the budget. */
export function costChart(review: StoreReview, slices: readonly Slice[]): Html {
  return chart((width) => drawing(review, slices, width), text(review, slices));
}

function text({ name, total, budget }: StoreReview, slices: readonly Slice[]): string {
  const largest = slices.filter((slice) => slice.usdPerMonth >= 0.005).map((slice) => `${slice.part} ${usd(slice.usdPerMonth)}`);
  const { from, to } = budget.targetUsdPerMonth;
  const targets = `The target cost is ${figure(from)} to ${figure(to)}, the budget is ${figure(budget.usdPerMonth)}.`;
  return `Cost of ${name} in USD a month: ${usd(total.usdPerMonth)}, of which ${largest.join(', ')}. ${targets}`;
}

function drawing({ total, budget }: StoreReview, slices: readonly Slice[], width: number): ReturnType<Drawing> {
  const end = Math.max(total.usdPerMonth, budget.usdPerMonth, budget.targetUsdPerMonth.to, 1) * 1.02;
  const [left, right] = [4, 14];
  return {
    height: 74,
    option: {
      grid: { left, right, top: 6, bottom: 24 },
      xAxis: {
        type: 'value',
        min: 0,
        max: end,
        splitNumber: width < 400 ? 3 : 5,
        axisLabel: { color: colours.muted, fontSize, showMaxLabel: false, formatter: (value: number) => figure(value) },
        splitLine: { lineStyle: { color: colours.line } },
      },
      yAxis: { type: 'category', data: [''], axisTick: { show: false }, axisLine: { lineStyle: { color: colours.line } } },
      series: [backdrop(budget), ...slices.map((slice) => bar(slice, (slice.usdPerMonth / end) * (width - left - right)))],
    },
  };
}

/** The documents’ range as a band, the budget as a line. */
function backdrop({ usdPerMonth, targetUsdPerMonth: { from, to } }: StoreReview['budget']) {
  return {
    type: 'bar' as const,
    silent: true,
    data: [],
    markArea: {
      itemStyle: { color: colours.band },
      data: [[from, to].map((xAxis) => ({ xAxis })) as [{ xAxis: number }, { xAxis: number }]],
    },
    markLine: {
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: colours.ink, width: 2, type: 'dashed' as const },
      data: [{ xAxis: usdPerMonth }],
    },
  };
}

/** A part of the bar, with its name where that fits. */
function bar({ part, usdPerMonth: cost, colour }: Slice, pixels: number) {
  return {
    type: 'bar' as const,
    stack: 'parts',
    barWidth: 24,
    clip: false,
    silent: true,
    data: [cost],
    itemStyle: { color: colour, borderColor: colours.page, borderWidth: 1 },
    label: { show: part.length * 6.2 + 8 < pixels, formatter: part, color: colours.onPart, fontSize: 11 },
  };
}
