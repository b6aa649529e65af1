import type { AlarmCoverage } from '../../alarm-coverage/types';
import type { Protection } from '../../protection/types';
import type { StoreReview } from '../../review-store';
import type { Colorize } from './colorize';
import { textTable, wideWidth, wrap } from './text-table';

/** How many of AWS's recommended metrics and of the documents' thresholds alarms watch, and which are not watched. */
export function alarmLines(alarmCoverage: AlarmCoverage, colorize: Colorize): string[] {
  const { alarms, composites, recommended, documented } = alarmCoverage;
  const open = documented.filter(({ verdict }) => verdict !== 'watched');
  const reasons = recommended.missing.filter(({ reason }) => reason !== undefined).length;
  return [
    ...wrap(
      `${alarms} alarms and ${composites} composite alarms watch ${documented.length - open.length} of the documents' ${documented.length} thresholds; of AWS's ${recommended.total} recommended metrics ${recommended.watched} are watched, ${reasons} excluded with a reason`,
      wideWidth,
    ),
    ...open.flatMap(({ figure, level, limit, source, verdict }) =>
      wrap(`${verdict}: ${figure} ${limit} (${level}, ${source})`, wideWidth).map((line) =>
        colorize(verdict === 'not known' ? 'warn' : 'bad', line),
      ),
    ),
    ...recommended.missing.flatMap(({ namespace, metric, reason }) =>
      reason === undefined
        ? [colorize('bad', `not watched: ${namespace} ${metric}, which AWS recommends`)]
        : wrap(`excluded: ${namespace} ${metric}: ${reason}`, wideWidth),
    ),
  ];
}

const marks = { good: ['good', '✓'], weak: ['bad', '!'], fact: ['quiet', '·'], 'not known': ['warn', '?'] } as const;

export function protectionLines(protection: Protection, colorize: Colorize): string[] {
  const rows = protection.rows.map(({ topic, subject, text, verdict }) => {
    const [tone, mark] = marks[verdict];
    return [topic, colorize(tone, mark), subject, text];
  });
  return textTable([{ width: 11 }, { width: 1 }, { width: 26 }, { width: wideWidth - 44 }], rows);
}

export function findingLines({ findings, saved }: Pick<StoreReview, 'findings' | 'saved'>): string[] {
  if (saved) return ['not run: cdk-nag checks a CDK app, not a saved template'];
  if (!findings) return ['not run; add --findings (a few seconds per size)'];
  return [
    ...findings.packs.flatMap(({ name, open, enforced }) => [
      `${name}: ${open.length} open${enforced ? '' : ' (reported, not enforced)'}`,
      ...open.map(({ rule, at }) => `  ${rule}  ${at}`),
    ]),
    `${findings.acknowledged.length} kinds of findings are accepted, each with a reason: lib/nag/acknowledgements.ts`,
  ];
}
