import type { AlarmCoverage } from '../../alarm-coverage/types';
import type { Protection } from '../../protection/types';
import type { StoreReview } from '../../review-store';
import type { Colorize } from './colorize';
import { wideWidth } from './section';
import { textTable, wrap } from './text-table';

/** How much of AWS's list and of the documents' figures is watched, and what is not. */
export function alarmLines(alarmCoverage: AlarmCoverage, colorize: Colorize): string[] {
  const { alarms, composites, recommended, documented } = alarmCoverage;
  const held = documented.filter(({ alarms: ids }) => ids.length > 0);
  const unheld = documented.filter(({ alarms: ids }) => ids.length === 0);
  const reasons = recommended.missing.filter(({ reason }) => reason !== undefined).length;
  return [
    ...wrap(
      `${alarms} alarms and ${composites} above them hold ${held.length} of the documents' ${documented.length} thresholds; of AWS's ${recommended.of} recommended metrics ${recommended.watched} are watched, ${reasons} left out for a reason`,
      wideWidth,
    ),
    ...unheld.flatMap(({ figure, level, limit, source }) =>
      wrap(`not watched: ${figure} ${limit} (${level}, ${source})`, wideWidth).map((line) => colorize('bad', line)),
    ),
    ...recommended.missing.flatMap(({ namespace, metric, reason }) =>
      reason === undefined
        ? [colorize('bad', `not watched: ${namespace} ${metric}, which AWS recommends`)]
        : wrap(`left out: ${namespace} ${metric}: ${reason}`, wideWidth),
    ),
  ];
}

const marks = { good: ['good', '✓'], weak: ['bad', '!'], fact: ['quiet', '·'], 'not known': ['warn', '?'] } as const;

export function protectionLines(protection: Protection, colorize: Colorize): string[] {
  const rows = protection.rows.map(({ topic, subject, text, verdict }) => [
    topic,
    colorize(marks[verdict][0], marks[verdict][1]),
    subject,
    text,
  ]);
  return textTable([{ width: 11 }, { width: 1 }, { width: 26 }, { width: wideWidth - 44 }], rows);
}

export function findingLines({ findings, saved }: Pick<StoreReview, 'findings' | 'saved'>): string[] {
  if (saved) return ['not run: cdk-nag checks an app as it is synthesised, not a template'];
  if (!findings) return ['not run; add --findings (some seconds a size)'];
  return [
    ...findings.packs.flatMap(({ name, open, enforced }) => [
      `${name}: ${open.length} open${enforced ? '' : ' (told, not enforced)'}`,
      ...open.map(({ rule, at }) => `  ${rule}  ${at}`),
    ]),
    `${findings.acknowledged.length} kinds are accepted, each with a reason: lib/nag/acknowledgements.ts`,
  ];
}
