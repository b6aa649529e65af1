import type { Assessment } from '../../alarms/assessment/assess';
import type { Forecast } from '../../alarms/assessment/forecast';
import { dayCount, figure, formatValue, minuteOf, windowDays } from '../../alarms/assessment/format';
import type { Light, Part } from '../../alarms/assessment/part';
import type { Recommendation } from '../../alarms/assessment/recommend';
import { colorizer, type Tone } from '../../lib/review/output/terminal/colorize';
import { forecastLines } from '../../lib/review/output/terminal/forecast-lines';
import { textTable, wrap } from '../../lib/review/output/terminal/text-table';
import { usd } from '../../lib/review/text/money';
import type { StoreReading } from '../../services/assessor/read-store';

/** Characters in a line. */
const width = 110;
const indent = '     ';

type ColorizeLight = (light: Light) => string;

interface Assessed extends Assessment {
  readonly forecast: Forecast;
}

/** The assessment for a terminal: score, parts, what to do. */
export function report(reading: StoreReading, assessment: Assessed, { colour }: { readonly colour: boolean }): string {
  const toneColorizer = colorizer(colour);
  const colorize: ColorizeLight = (light) => toneColorizer(tones[light], light);
  const table = partTable(assessment.parts, colorize);
  return [
    heading(reading),
    verdict(assessment, colorize),
    '',
    ...table,
    '',
    ...forecastLines(assessment.forecast),
    '',
    ...advice(assessment),
    '',
  ].join('\n');
}

const tones: Readonly<Record<Light, Tone>> = { green: 'good', yellow: 'warn', red: 'bad', unknown: 'strong' };

function heading({ store, window }: StoreReading): string {
  return [
    `Store ${store.name}`,
    store.tier ?? 'size unknown: no tag tier',
    store.region,
    `${dayCount(windowDays(window))} to ${minuteOf(new Date(window.to * 1000))} UTC`,
  ].join(' · ');
}

/** The next size is named only where it mends something: errors and a low hit rate come along. */
function verdict({ score, light, confidence, planNextSize, recommendations }: Assessment, colorize: ColorizeLight): string {
  const helps = planNextSize && recommendations.some(({ change }) => change?.tier !== undefined);
  const known = `${Math.floor(confidence * 100)}% of the metrics known`;
  if (score === undefined) return `Score ${colorize(light)} · ${known}: most of the metrics are missing`;
  return [`Score ${score} of 100`, colorize(light), known, ...(helps ? ['plan the next size'] : [])].join(' · ');
}

/** Columns up to the light, which is painted and so has no width that a table could count. */
const figureColumns = [{ width: 34 }, ...[19, 9, 9, 5].map((own) => ({ width: own, align: 'right' as const }))];
const lightWidth = 'unknown'.length;
const daysHead = 'days to critical';

function partTable(parts: readonly Part[], colorize: ColorizeLight): string[] {
  const head = ['part (weight)', 'measured', 'warning', 'critical', 'score'];
  return [
    ...besides(head, ' '.repeat(lightWidth), daysHead),
    ...parts.flatMap((part) => {
      const { light, daysUntilCritical: days } = part;
      const padding = ' '.repeat(lightWidth - light.length);
      return besides(figuresOf(part), `${colorize(light)}${padding}`, days === undefined ? '' : String(days));
    }),
  ];
}

/** A row of figures, with light and days beside its first line: a long title takes two. */
function besides(figures: readonly string[], light: string, days: string): string[] {
  const [first = '', ...more] = textTable(figureColumns, [figures]);
  return [`${first}  ${light}  ${days.padStart(daysHead.length)}`.trimEnd(), ...more];
}

/** Warning and critical are in the unit of what was measured. */
function figuresOf({ title, instance, weight, unit, value, warning, critical, score }: Part): string[] {
  return [
    `${title}${instance === undefined ? '' : `, ${instance}`} (${weight})`,
    value === undefined ? '–' : formatValue(value, unit),
    warning === undefined ? '–' : figure(warning),
    critical === undefined ? '–' : figure(critical),
    score === undefined ? '–' : String(score),
  ];
}

function advice({ recommendations: all, light }: Assessment): string[] {
  if (all.length > 0) return ['Recommendations, in this order; measure again after each step', ...all.flatMap(recommendation)];
  if (light === 'green') return ['Nothing to do: the size fits.'];
  return wrap(
    'Not enough data for recommendations. If the store is younger than the window, use fewer --days; otherwise metrics or alarms are missing.',
    width,
  );
}

function recommendation({ action, does, reason, lines, usdPerMonth }: Recommendation, index: number): string[] {
  const indented = (text: string) => wrap(text, width - indent.length).map((line) => `${indent}${line}`);
  const [first = '', ...more] = indented(`${action}: ${does}`);
  return [
    '',
    `${String(index + 1).padStart(3)}. ${first.trimStart()}`,
    ...more,
    ...indented(`${reason}.`),
    ...lines.map((line) => `${indent}→ ${line}`),
    ...(lines.length === 0 ? [] : [`${indent}${formatCost(usdPerMonth)}`]),
  ];
}

function formatCost(cost: number | undefined): string {
  if (cost === undefined) return 'cost not known';
  if (Math.abs(cost) < 0.005) return 'costs nothing while idle';
  return cost > 0 ? `costs ${usd(cost)} USD a month more` : `saves ${usd(-cost)} USD a month`;
}
