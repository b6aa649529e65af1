import { duration } from '../../change/format';
import type { ChangeReview, Verdict } from '../../change/types';
import { signedUsd } from '../../text/money';
import { type Paint, painter, type Tone } from './colorize';
import { width } from './overview';
import { textTable, wrap } from './text-table';

interface ChangeTextOptions {
  readonly colour: boolean;
}

/** Each verdict in words, and its tone. */
export const verdictWords: Readonly<Record<Verdict, readonly [words: string, tone: Tone]>> = {
  safe: ['SAFE', 'good'],
  interrupts: ['SAFE, WITH INTERRUPTION', 'warn'],
  blocked: ['BLOCKED', 'bad'],
};

const tones: Readonly<Partial<Record<string, Tone>>> = {
  blocked: 'bad',
  lost: 'bad',
  'one-way': 'warn',
  weaker: 'warn',
  failover: 'warn',
  restart: 'warn',
};

const columns = [{ width: 13 }, { width: 9 }, { width: width - 26 }] as const;

/** One change on one screen: verdict, what happens to each part, what to do before and after, the way back, the command. */
export function changeText(change: ChangeReview, { colour }: ChangeTextOptions): string {
  const paint = painter(colour);
  return [
    ...wrap(headline(change, paint), width),
    '',
    ...effects(change, paint),
    ...blocks(change, paint),
    '',
    ...steps('Away', away(change)),
    ...steps('Before', change.before),
    ...steps('After', change.after),
    ...steps('Back', [change.back.words, ...change.back.wayRound.map((line) => `→ ${line}`)]),
    ...(change.verdict === 'blocked' ? [] : steps('Deploy', [change.deploy])),
    '',
  ].join('\n');
}

function headline({ from, to, verdict, usdPerMonth, dataAtRisk }: ChangeReview, paint: Paint): string {
  const [words, tone] = verdictWords[verdict];
  return [
    paint('strong', `${from} → ${to}`),
    paint(tone, words),
    usdPerMonth === undefined ? 'cost not counted' : `${signedUsd(usdPerMonth.usd)} USD/month`,
    `data at risk: ${dataAtRisk.length === 0 ? 'none' : dataAtRisk.join('; ')}`,
  ].join('   ');
}

function effects({ parts, untouched }: ChangeReview, paint: Paint): string[] {
  const rows = parts.flatMap(({ part, effects: all }) =>
    all.map(({ kind, words }, index) => [index === 0 ? part : '', paint(tones[kind] ?? 'quiet', kind), words]),
  );
  return [
    ...textTable(columns, rows),
    ...(untouched.length === 0 ? [] : textTable(columns, [['untouched', '', untouched.join(', ')]])),
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
  if (interruptions.length === 0) return ['nothing'];
  return interruptions.map(({ part, seconds }) => `${part}: ${duration(seconds)}`);
}

function steps(title: string, lines: readonly string[]): string[] {
  return lines.length === 0
    ? []
    : textTable(
        [{ width: 7 }, { width: width - 9 }],
        lines.map((line, index) => [index === 0 ? title : '', line]),
      );
}
