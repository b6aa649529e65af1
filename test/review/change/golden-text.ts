import type { ChangeReview } from '../../../lib/review/change/types';

/** A review as text; each list has its heading, also where it is empty. */
export function goldenText(review: ChangeReview): string {
  return `${[
    `${review.from} → ${review.to}: ${review.verdict}`,
    '',
    ...review.parts.flatMap(({ part, effects }) => effects.map(({ kind, text }) => `${part}  ${kind}  ${text}`)),
    ...list('Unchanged', [review.unchanged.join(', ')]),
    ...list('Data at risk', review.dataAtRisk),
    ...list(
      'Downtime',
      review.downtimes.map(({ part, seconds, text }) => `${part} ${seconds.from}-${seconds.to} s: ${text}`),
    ),
    ...list('Waits', review.waits),
    ...list('Irreversible', review.irreversible),
    ...list(
      'Blocked',
      review.blocks.flatMap(({ part, rule, reason, workaround }) => [
        `${part} ${rule}: ${reason}`,
        ...workaround.map((line) => `  → ${line}`),
      ]),
    ),
    ...list('Before', review.before),
    ...list('After', review.after),
    ...list('Rollback', [
      `${review.rollback.verdict}: ${review.rollback.text}`,
      ...review.rollback.workaround.map((line) => `  → ${line}`),
    ]),
  ].join('\n')}\n`;
}

function list(heading: string, lines: readonly string[]): string[] {
  return ['', `${heading}:${lines.length === 0 ? ' nothing' : ''}`, ...lines.map((line) => `  ${line}`)];
}
