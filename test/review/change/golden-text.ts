import type { ChangeReview } from '../../../lib/review/change/types';

/** A review as text that a person reads in one go; each list has its heading, also where it is empty. */
export function goldenText(review: ChangeReview): string {
  return `${[
    `${review.from} → ${review.to}: ${review.verdict}`,
    '',
    ...review.parts.flatMap(({ part, effects }) => effects.map(({ kind, text }) => `${part}  ${kind}  ${text}`)),
    ...list('Untouched', [review.unchanged.join(', ')]),
    ...list('Data at risk', review.dataAtRisk),
    ...list(
      'Away',
      review.downtimes.map(({ part, seconds, text }) => `${part} ${seconds.from}-${seconds.to} s: ${text}`),
    ),
    ...list('One way', review.irreversible),
    ...list(
      'Blocked',
      review.blocks.flatMap(({ part, rule, reason, workaround }) => [
        `${part} ${rule}: ${reason}`,
        ...workaround.map((line) => `  → ${line}`),
      ]),
    ),
    ...list('Before', review.before),
    ...list('After', review.after),
    ...list('Back', [
      `${review.rollback.verdict}: ${review.rollback.text}`,
      ...review.rollback.workaround.map((line) => `  → ${line}`),
    ]),
  ].join('\n')}\n`;
}

function list(heading: string, lines: readonly string[]): string[] {
  return ['', `${heading}:${lines.length === 0 ? ' nothing' : ''}`, ...lines.map((line) => `  ${line}`)];
}
