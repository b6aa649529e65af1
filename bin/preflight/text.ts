import { type PreflightRow, stopsDeployment, type Verdict, verdictOf } from '../../lib/preflight/check';
import { type Colorize, colorizer, type Tone } from '../../lib/review/output/terminal/colorize';
import { textTable, wideWidth } from '../../lib/review/output/terminal/text-table';

interface Store {
  readonly name: string;
  readonly region: string;
  readonly tier: string;
  readonly offline: boolean;
}

const tones: Readonly<Record<Verdict, Tone>> = { holds: 'good', fails: 'bad', 'not known': 'warn' };
const endings: Readonly<Record<Verdict, string>> = {
  holds: 'Everything that was asked holds.',
  fails: 'A deployment would fail: do what stands after the arrows.',
  'not known': 'What is not known was not answered: look before you deploy.',
};
const laterEnding = 'A deployment would work, and the store would not do all that it should: do what stands after the arrows.';
const offlineEnding = 'AWS was not asked: quotas are its defaults, and the account’s may be others.';
const columns = [{ width: 23 }, { width: 9 }, { width: wideWidth - 36 }] as const;

/** A line for each thing that a deployment needs, what to do below it, and the sum. */
export function preflightText(
  { name, region, tier, offline }: Store,
  rows: readonly PreflightRow[],
  { colour }: { readonly colour: boolean },
): string {
  const colorize = colorizer(colour);
  const verdict = verdictOf(rows);
  return [
    `${name} · ${region} · ${tier}`,
    '',
    ...rowLines(rows, colorize),
    '',
    colorize(tones[verdict], offline ? offlineEnding : endingOf(rows)),
    '',
  ].join('\n');
}

function endingOf(rows: readonly PreflightRow[]): string {
  const verdict = verdictOf(rows);
  return verdict === 'fails' && !stopsDeployment(rows) ? laterEnding : endings[verdict];
}

/** Titles once, verdicts in colour, what to do below each. */
export function rowLines(rows: readonly PreflightRow[], colorize: Colorize): string[] {
  const lines = rows.map(({ title, verdict, text, fix }, index) => [
    rows[index - 1]?.title === title ? '' : title,
    colorize(tones[verdict], verdict),
    [text, ...fix.map((line) => `→ ${line}`)].join('\n'),
  ]);
  return textTable(columns, lines);
}
