import { formatDuration } from '../../change/format';
import { type Block, type ChangeReview, effectSeverity, type Severity, type Verdict, verdictTexts } from '../../change/types';
import { signedUsd } from '../../text/money';
import { type Colorize, colorizer, type Tone } from './colorize';
import { width } from './overview';
import { textTable, wrap } from './text-table';

const tones: Readonly<Record<Severity, Tone>> = { good: 'good', plain: 'quiet', warn: 'warn', bad: 'bad' };

/** In capitals, in the colour of its severity. */
export function colorizeVerdict(verdict: Verdict, colorize: Colorize): string {
  const { text, severity } = verdictTexts[verdict];
  return colorize(tones[severity], text.toUpperCase());
}

const columns = [{ width: 13 }, { width: 12 }, { width: width - 29 }] as const;

/** One change on one screen: verdict, effects on each part, steps before and after, rollback, command. */
export function changeText(change: ChangeReview, { colour }: { readonly colour: boolean }): string {
  const colorize = colorizer(colour);
  return [
    ...wrap(headline(change, colorize), width),
    '',
    ...effects(change, colorize),
    ...blockLines(change.blocks, colorize),
    '',
    ...steps('Downtime', downtime(change)),
    ...steps('Waits', change.waits),
    ...steps('Before', change.before),
    ...steps('After', change.after),
    ...steps('Rollback', [change.rollback.text, ...change.rollback.workaround.map((line) => `→ ${line}`)]),
    ...(change.verdict === 'blocked' ? [] : steps('Deploy', [change.deploy])),
    '',
  ].join('\n');
}

function headline({ from, to, verdict, costChange, dataAtRisk }: ChangeReview, colorize: Colorize): string {
  return [
    colorize('strong', `${from} → ${to}`),
    colorizeVerdict(verdict, colorize),
    costChange === undefined ? 'cost not counted' : `${signedUsd(costChange.usdPerMonth)} USD/month`,
    `data at risk: ${dataAtRisk.length === 0 ? 'none' : dataAtRisk.join('; ')}`,
  ].join('   ');
}

function effects({ parts, unchanged }: ChangeReview, colorize: Colorize): string[] {
  const rows = parts.flatMap(({ part, effects: all }) =>
    all.map(({ kind, text }, index) => [
      index === 0 ? part : '',
      colorize(tones[effectSeverity[kind]], kind.replaceAll('-', ' ')),
      text,
    ]),
  );
  return [
    ...textTable(columns, rows),
    ...(unchanged.length === 0 ? [] : textTable(columns, [['unchanged', '', unchanged.join(', ')]])),
  ];
}

/** With the rule's name, to look it up. */
export function blockLines(blocks: readonly Block[], colorize: Colorize): string[] {
  return blocks.flatMap(({ part, rule, reason, workaround }) => [
    '',
    ...wrap(`${colorize('bad', 'BLOCKED')}  ${part}: ${reason} (${rule})`, width),
    ...workaround.flatMap((line) => wrap(`  → ${line}`, width)),
  ]);
}

function downtime({ downtimes }: ChangeReview): string[] {
  if (downtimes.length === 0) return ['none'];
  return downtimes.map(({ part, seconds }) => `${part}: ${formatDuration(seconds)}`);
}

function steps(title: string, lines: readonly string[]): string[] {
  return lines.length === 0
    ? []
    : textTable(
        [{ width: 8 }, { width: width - 10 }],
        lines.map((line, index) => [index === 0 ? title : '', line]),
      );
}
