import type { ImportCounts, ImportProblem, ImportReport } from '../../services/contract';

const number = (value: number): string => value.toLocaleString('en-US');

const doing = { reading: 'Reading', checking: 'Checking', writing: 'Writing', done: 'Done with', refused: 'Refused' } as const;

export const progressText = ({ phase, rows }: ImportReport): string => `${doing[phase]}: ${number(rows)} rows`;

/** @param seconds from the beginning to the end */
export function countsText({ created, changed, unchanged, kept }: ImportCounts, seconds: number): string {
  const parts = [`${number(created)} created`, `${number(changed)} changed`, `${number(unchanged)} unchanged`];
  const all = created + changed === 0 ? 'nothing to change: ' : '';
  const ours = kept === 0 ? '' : `, ${number(kept)} kept, who use their account here`;
  return `${all}${parts.join(', ')}${ours}; ${number(Math.round(seconds))} s`;
}

/** Every problem, a line each. */
export function problemsText(file: string, { problems = [], problemCount = problems.length }: ImportReport): string {
  const more = problemCount - problems.length;
  return [
    `${file} has ${number(problemCount)} ${problemCount === 1 ? 'problem' : 'problems'}, and nothing was imported:`,
    ...problems.map(problemText),
    ...(more > 0 ? [`  … and ${number(more)} more`] : []),
  ].join('\n');
}

const problemText = ({ line, field, got, allowed }: ImportProblem): string =>
  `  line ${line}${field === '' ? '' : `, ${field}`}: got ${got}; allowed: ${allowed}`;
