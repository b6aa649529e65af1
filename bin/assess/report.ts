import type { Assessment } from '../../alarms/assessment/assess';
import type { Light, Part } from '../../alarms/assessment/part';
import type { Recommendation } from '../../alarms/assessment/recommend';
import { dayCount, inWords } from '../../alarms/assessment/words';
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
  const lines = [
    heading(reading),
    verdict(assessment),
    '',
    ...partTable(assessment.parts),
    '',
    ...recommendations(assessment.recommendations),
    '',
  ].join('\n');
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

function verdict({ score, light, confidence, planNextSize }: Assessment): string {
  const known = `${Math.floor(confidence * 100)}% of it known`;
  if (score === undefined) return `Score ${light} · ${known}: most of the metrics are missing`;
  return [`Score ${score} of 100`, light, known, ...(planNextSize ? ['plan the next size'] : [])].join(' · ');
}

function partTable(parts: readonly Part[]): string[] {
  const right = 'right' as const;
  const columns = [
    { width: 34 },
    { width: 16, align: right },
    { width: 16, align: right },
    { width: 16, align: right },
    { width: 5, align: right },
    { width: 7 },
    { width: 6, align: right },
  ];
  const head = ['part (weight)', 'measured', 'warning', 'critical', 'score', '', 'limit'];
  return textTable(columns, [head, ...parts.map(partRow)]);
}

function partRow({ title, instance, weight, unit, value, warning, critical, score, light, daysUntilCritical }: Part): string[] {
  const figure = (level: number | undefined) => (level === undefined ? '–' : inWords(level, unit));
  return [
    `${title}${instance === undefined ? '' : `, ${instance}`} (${weight})`,
    figure(value),
    figure(warning),
    figure(critical),
    score === undefined ? '–' : String(score),
    light,
    daysUntilCritical === undefined ? '' : `${daysUntilCritical} d`,
  ];
}

function recommendations(all: readonly Recommendation[]): string[] {
  if (all.length === 0) return ['Nothing to do: the size fits.'];
  return ['What to do, in this order, measuring again after each step', ...all.flatMap(recommendation)];
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
