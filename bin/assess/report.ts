import type { Assessment } from '../../alarms/assessment/assess';
import type { Light, Part } from '../../alarms/assessment/part';
import type { Recommendation } from '../../alarms/assessment/recommend';
import { dayCount, figure, inWords } from '../../alarms/assessment/words';
import { usd } from '../../lib/review/money';
import { textTable, wrap } from '../../lib/review/text-table';
import type { StoreReading } from '../../services/assessor/read-store';

interface ReportOptions {
  readonly colour: boolean;
}

/** Characters in a line. */
const width = 110;
const indent = '     ';

/** The assessment for a terminal: score, parts, what to do. */
export function report(reading: StoreReading, assessment: Assessment, { colour }: ReportOptions): string {
  const lines = [heading(reading), verdict(assessment), '', ...partTable(assessment.parts), '', ...advice(assessment), ''].join(
    '\n',
  );
  return colour ? coloured(lines) : lines;
}

const moment = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');

function heading({ store, window }: StoreReading): string {
  const days = dayCount(Math.round((window.to - window.from) / 86_400));
  return [
    `Store ${store.name}`,
    store.tier ?? 'size unknown: no tag tier',
    store.region,
    `${days} to ${moment(window.to)} UTC`,
  ].join(' · ');
}

/** The next size is named only where it mends something: errors and a low hit rate come along. */
function verdict({ score, light, confidence, planNextSize, recommendations }: Assessment): string {
  const helps = planNextSize && recommendations.some(({ change }) => change?.tier !== undefined);
  const known = `${Math.floor(confidence * 100)}% of it known`;
  if (score === undefined) return `Score ${light} · ${known}: most of the metrics are missing`;
  return [`Score ${score} of 100`, light, known, ...(helps ? ['plan the next size'] : [])].join(' · ');
}

function partTable(parts: readonly Part[]): string[] {
  const right = 'right' as const;
  const columns = [
    { width: 34 },
    { width: 19, align: right },
    { width: 9, align: right },
    { width: 9, align: right },
    { width: 5, align: right },
    { width: 7 },
    { width: 16, align: right },
  ];
  const head = ['part (weight)', 'measured', 'warning', 'critical', 'score', '', 'days to critical'];
  return textTable(columns, [head, ...parts.map(partRow)]);
}

/** Warning and critical are in the unit of what was measured. */
function partRow({ title, instance, weight, unit, value, warning, critical, score, light, daysUntilCritical }: Part): string[] {
  return [
    `${title}${instance === undefined ? '' : `, ${instance}`} (${weight})`,
    value === undefined ? '–' : inWords(value, unit),
    warning === undefined ? '–' : figure(warning),
    critical === undefined ? '–' : figure(critical),
    score === undefined ? '–' : String(score),
    light,
    daysUntilCritical === undefined ? '' : String(daysUntilCritical),
  ];
}

function advice({ recommendations: all, light }: Assessment): string[] {
  if (all.length > 0) return ['What to do, in this order, measuring again after each step', ...all.flatMap(recommendation)];
  if (light === 'green') return ['Nothing to do: the size fits.'];
  return wrap(
    'Too little is known for advice. A store younger than the window needs fewer --days; an older one has lost metrics or alarms.',
    width,
  );
}

function recommendation({ action, does, reason, lines, usdPerMonth }: Recommendation, index: number): string[] {
  const words = (text: string) => wrap(text, width - indent.length).map((line) => `${indent}${line}`);
  const [first = '', ...more] = words(`${action}: ${does}`);
  return [
    '',
    `${String(index + 1).padStart(3)}. ${first.trimStart()}`,
    ...more,
    ...words(`${reason}.`),
    ...lines.map((line) => `${indent}→ ${line}`),
    ...(lines.length === 0 ? [] : [`${indent}${costInWords(usdPerMonth)}`]),
  ];
}

function costInWords(cost: number | undefined): string {
  if (cost === undefined) return 'cost not known';
  if (Math.abs(cost) < 0.005) return 'costs nothing while idle';
  return cost > 0 ? `costs ${usd(cost)} USD a month more` : `saves ${usd(-cost)} USD a month`;
}

const colours: Readonly<Record<Light, number>> = { green: 32, yellow: 33, red: 31, unknown: 35 };

/** Lights stand as words of their own: after a score or a dot. */
function coloured(text: string): string {
  return text.replaceAll(
    /(?<=(?:\d|–) {2}|· |Score )(green|yellow|red|unknown)\b/g,
    (light) => `\u001B[${colours[light as Light]}m${light}\u001B[0m`,
  );
}
