import { type ImportProblem, mostProblems } from '../../contract';

/** The file cannot be read on from here. */
export class UnreadableError extends Error {
  constructor(readonly problem: ImportProblem) {
    super(problem.allowed);
  }
}

/** What is wrong with a file: how much, and the first of it by line. */
export interface Problems {
  add(problem: ImportProblem): void;
  /** So many that nobody lists. */
  more(count: number): void;
  readonly count: number;
  /** By line. */
  list(): readonly ImportProblem[];
}

export function createProblems(): Problems {
  let found: ImportProblem[] = [];
  let count = 0;
  return {
    add: (problem) => {
      count += 1;
      found.push(problem);
      if (found.length < 2 * mostProblems) return; // so that it is sorted once in a while, and never grows
      found = found.toSorted(byLine).slice(0, mostProblems);
    },
    more: (others) => {
      count += others;
    },
    get count() {
      return count;
    },
    list: () => found.toSorted(byLine).slice(0, mostProblems),
  };
}

const byLine = (one: ImportProblem, other: ImportProblem): number => one.line - other.line;

const longest = 60;

/** A value as a report shows it, cut. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
