import { duration } from '../../change/format';
import { type ChangeReview, effectGravity, type Gravity, type Verdict, verdictTexts } from '../../change/types';
import { signedUsd } from '../../text/money';
import { type Paint, painter, type Tone } from './colorize';
import { width } from './overview';
import { textTable, wrap } from './text-table';

interface ChangeTextOptions {
  readonly colour: boolean;
}

const tones: Readonly<Record<Gravity, Tone>> = { good: 'good', plain: 'quiet', warn: 'warn', bad: 'bad' };

/** The verdict in capitals, in the colour of its gravity. */
export function paintVerdict(verdict: Verdict, paint: Paint): string {
  const { text, gravity } = verdictTexts[verdict];
  return paint(tones[gravity], text.toUpperCase());
}

const columns = [{ width: 13 }, { width: 10 }, { width: width - 27 }] as const;

/** One change on one screen: verdict, what happens to each part, what to do before and after, the way back, the command. */
export function changeText(change: ChangeReview, { colour }: ChangeTextOptions): string {
  const paint = painter(colour);
  return [
    ...wrap(headline(change, paint), width),
    '',
    ...effects(change, paint),
    ...blocks(change, paint),
    '',
    ...steps('Downtime', away(change)),
    ...steps('Before', change.before),
    ...steps('After', change.after),
    ...steps('Rollback', [change.back.words, ...change.back.wayRound.map((line) => `→ ${line}`)]),
    ...(change.verdict === 'blocked' ? [] : steps('Deploy', [change.deploy])),
    '',
  ].join('\n');
}

function headline({ from, to, verdict, usdPerMonth, dataAtRisk }: ChangeReview, paint: Paint): string {
  return [
    paint('strong', `${from} → ${to}`),
    paintVerdict(verdict, paint),
    usdPerMonth === undefined ? 'cost not counted' : `${signedUsd(usdPerMonth.usd)} USD/month`,
    `data at risk: ${dataAtRisk.length === 0 ? 'none' : dataAtRisk.join('; ')}`,
  ].join('   ');
}

function effects({ parts, untouched }: ChangeReview, paint: Paint): string[] {
  const rows = parts.flatMap(({ part, effects: all }) =>
    all.map(({ kind, words }, index) => [index === 0 ? part : '', paint(tones[effectGravity[kind]], kind), words]),
  );
  return [
    ...textTable(columns, rows),
    ...(untouched.length === 0 ? [] : textTable(columns, [['unchanged', '', untouched.join(', ')]])),
  ];
}

/** Why it is refused, with the way round; the rule's name is for whoever looks it up. */
function blocks({ blocks: all }: ChangeReview, paint: Paint): string[] {
  return all.flatMap(({ part, rule, reason, wayRound }) => [
    '',
    ...wrap(`${paint('bad', 'BLOCKED')}  ${part}: ${reason} (${rule})`, width),
    ...wayRound.flatMap((line) => wrap(`  → ${line}`, width)),
  ]);
}

/** What is away, and for how long: a line a part. */
function away({ interruptions }: ChangeReview): string[] {
  if (interruptions.length === 0) return ['none'];
  return interruptions.map(({ part, seconds }) => `${part}: ${duration(seconds)}`);
}

function steps(title: string, lines: readonly string[]): string[] {
  return lines.length === 0
    ? []
    : textTable(
        [{ width: 8 }, { width: width - 10 }],
        lines.map((line, index) => [index === 0 ? title : '', line]),
      );
}
