import type { ChangeReview } from '../../../lib/review/change/types';

/** A review as text that a person reads in one go; each list has its heading, also where it is empty. */
export function goldenText(review: ChangeReview): string {
  return `${[
    `${review.from} → ${review.to}: ${review.verdict}`,
    '',
    ...review.parts.flatMap(({ part, effects }) => effects.map(({ kind, words }) => `${part}  ${kind}  ${words}`)),
    ...list('Untouched', [review.untouched.join(', ')]),
    ...list('Data at risk', review.dataAtRisk),
    ...list(
      'Away',
      review.interruptions.map(({ part, seconds, words }) => `${part} ${seconds.from}-${seconds.to} s: ${words}`),
    ),
    ...list('One way', review.oneWay),
    ...list(
      'Blocked',
      review.blocks.flatMap(({ part, rule, reason, wayRound }) => [
        `${part} ${rule}: ${reason}`,
        ...wayRound.map((line) => `  → ${line}`),
      ]),
    ),
    ...list('Before', review.before),
    ...list('After', review.after),
    ...list('Back', [`${review.back.verdict}: ${review.back.words}`, ...review.back.wayRound.map((line) => `  → ${line}`)]),
  ].join('\n')}\n`;
}

function list(heading: string, lines: readonly string[]): string[] {
  return ['', `${heading}:${lines.length === 0 ? ' nothing' : ''}`, ...lines.map((line) => `  ${line}`)];
}
