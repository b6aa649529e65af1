/** A figure of a month, as the table of a file in lib/usage/figures has it. */
export interface Figure {
  readonly meaning: string;
  /** What `--usage` may write after the number, such as GB in `pictures=5TB`, counts in this unit. @default - a number without unit */
  readonly unit?: 'KB' | 'MB' | 'GB' | 'USD';
  /** Where it is not set: a figure of this project, of the size (`Tier`), of the template, or what follows from others. */
  readonly value: number | 'size' | 'template' | Formula;
  /** How far off it may be. @default - it follows from others, it is AWS's, or it is the demand itself */
  readonly range?: UncertainRange;
  readonly least: number;
  readonly most: number;
}

export interface Formula {
  /** As people read it: `visits × pagesPerVisit`. A test computes it and compares. */
  readonly text: string;
  readonly of: (figures: Readonly<Record<string, number>>) => number;
}

export interface UncertainRange {
  /** Both ends as a multiple of the value; they are cut at `least` and `most`. */
  readonly times: readonly [low: number, high: number];
  readonly why: string;
}

/** Ties names to figures, and keeps both for the types. */
export const figures = <Name extends string>(table: Readonly<Record<Name, Figure>>): Readonly<Record<Name, Figure>> => table;
