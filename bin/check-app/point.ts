import type { Run } from './run';

/** What came of looking at a point. */
export interface Verdict {
  /** undefined: could not be looked at. */
  readonly holds: boolean | undefined;
  /** What was seen and, where it fails, what to change; or why nothing was seen. */
  readonly text: string;
}

export interface Point {
  readonly name: string;
  /** Without it there is nothing to look at: that a program answers, that the file has steps, that these came as expected. @default - nothing */
  readonly needs?: 'answers' | 'steps' | 'good steps';
  readonly look: (run: Run) => Promise<Verdict> | Verdict;
}

export interface Finding extends Verdict {
  readonly point: string;
}

export const holds = (text: string): Verdict => ({ holds: true, text });
export const fails = (text: string): Verdict => ({ holds: false, text });
export const notSeen = (text: string): Verdict => ({ holds: undefined, text });

/** One verdict of several: what fails, else what holds, else why nothing was seen. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const failed = verdicts.filter((verdict) => verdict.holds === false);
  const seen = verdicts.filter((verdict) => verdict.holds === true);
  const shown = [failed, seen, verdicts].find((some) => some.length > 0) ?? [];
  return { holds: failed.length > 0 ? false : seen.length > 0 || undefined, text: shown.map(({ text }) => text).join('; ') };
}
