/**
 * First argument of the migrations' entry point: brings rows of a file into the store, all or none, and migrates nothing. The others: the kind, the key of
 * the file in the bucket of customers' files, its format, and options.
 */
export const importArgument = 'import';

/** Of a store that moves in this order: products name brands and categories, orders name customers and products. */
export const importKinds = ['brands', 'categories', 'products', 'customers', 'orders'] as const;
export type ImportKind = (typeof importKinds)[number];

export const importFormats = ['csv', 'json'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** `dry-run`: nothing is kept. Of products: `set-stock` sets the stock of those that are there already; `create-missing` makes brands and categories. */
export const importOptions = ['dry-run', 'set-stock', 'create-missing'] as const;
export type ImportOption = (typeof importOptions)[number];

/** Where the command lays files and the task its report: the one prefix that the task may read and write, whose objects end after a day. */
export const importPrefix = 'imports/';

/** Key of the report about a file. */
export const reportKey = (fileKey: string): string => `${fileKey}.report.json`;

/** How the task ends: chosen numbers, which neither Node nor a signal gives by itself. */
export const importExitCodes = { done: 0, failed: 1, refused: 50, busy: 51 } as const;

/** Seconds that an import may take before it ends itself, and nothing was imported: a million rows take a quarter of that (an assumption). */
export const importLimitSeconds = 60 * 60;

/** A row, or the file, that cannot be imported. */
export interface ImportProblem {
  /** Counted from 1; 0 is the file as a whole. */
  readonly line: number;
  readonly field: string;
  readonly got: string;
  readonly allowed: string;
}

/** Rows by what came of them; `kept`: customers who have used their account here, and rule over it themselves. */
export interface ImportCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly kept: number;
}

/** What the task tells while it works, and at its end. */
export interface ImportReport {
  readonly phase: 'reading' | 'checking' | 'writing' | 'done' | 'refused';
  /** Rows that this phase has done. */
  readonly rows: number;
  readonly counts?: ImportCounts;
  /** The first ones by line, at most `mostProblems`. */
  readonly problems?: readonly ImportProblem[];
  readonly problemCount?: number;
}

/** Problems that a report lists; how many more there are, it counts. */
export const mostProblems = 1_000;
