import * as z from 'zod';
import { closestMatch } from './closest-match';
import { isObject } from './is-object';

/** What a problem tells about a setting. Objects and choices need none: theirs follow from their parts. */
export interface Hint {
  /** As in `is 5; a whole number from 1 to 3 is allowed`. */
  readonly allowed?: string;
  /** Stands in the line to paste, unless a better value is meant. */
  readonly example?: unknown;
  /** The allowed value that somebody most likely meant who wrote this one. */
  readonly meant?: (value: unknown) => unknown;
  /** The value may be a secret in the wrong place: no error repeats it. */
  readonly hidden?: boolean;
  /** Keys that people try in an object, and why they are no settings. */
  readonly notSettings?: Readonly<Record<string, string>>;
}

/** Parses without compiling a parser first, which pays only for many values. */
export const once = { jitless: true };

export const hints = z.registry<Hint>();

function hinted<S extends z.ZodType>(schema: S, hint: Hint): S {
  hints.add(schema, hint);
  return schema;
}

const longestText = 4096; // nothing that stands in a store's settings is near it
const mostEntries = 100; // more than any task definition carries

/** @param fits a pattern, or a test where no pattern will do */
export function text(
  allowed: string,
  example: string,
  fits: RegExp | ((value: string) => boolean),
  more: Pick<Hint, 'hidden'> = {},
) {
  const any = z.string().max(longestText, { abort: true });
  return hinted(fits instanceof RegExp ? any.regex(fits) : any.refine(fits), { allowed, example, ...more });
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly example: number;
  readonly unit?: string;
}

export function whole(range: Range) {
  return hinted(z.int().min(range.from).max(range.to), rangeHint('a whole number', range, Math.round));
}

export function amount(range: Range) {
  return hinted(z.number().min(range.from).max(range.to), rangeHint('a number', range));
}

function rangeHint(what: string, { from, to, example, unit }: Range, rounded = (given: number) => given): Hint {
  return {
    allowed: `${what} from ${from} to ${to}${unit ? ` (${unit})` : ''} is allowed`,
    example,
    meant(value) {
      const given = numberIn(value);
      return given === undefined ? undefined : Math.min(to, Math.max(from, rounded(given)));
    },
  };
}

export function flag() {
  return hinted(z.boolean(), {
    allowed: 'true or false is allowed, without quotes',
    example: true,
    meant: (value) => !['false', 'no', 'off'].some((word) => word === value),
  });
}

/**
 * @param allowed what to say instead of naming every value
 * @param otherKind of values that resemble one of these and mean something else: no value is put in their place
 */
export function oneOf<const V extends string>(
  values: readonly V[],
  example: NoInfer<V>,
  allowed = `one of ${values.map((value) => JSON.stringify(value)).join(', ')} is allowed`,
  otherKind?: RegExp,
) {
  return hinted(z.literal(values), {
    allowed,
    example,
    meant(value) {
      const told = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
      return told === undefined || otherKind?.test(told) ? undefined : closestMatch(told, values);
    },
  });
}

export function oneNumberOf<const V extends number>(values: readonly V[], example: NoInfer<V>) {
  return hinted(z.literal(values), {
    allowed: `one of ${values.join(', ')} is allowed`,
    example,
    meant(value) {
      const given = numberIn(value);
      return given === undefined ? undefined : (values.find((candidate) => candidate >= given) ?? values.at(-1));
    },
  });
}

/** The finite number that a value is, or that stands in it between quotes. */
function numberIn(value: unknown): number | undefined {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof given === 'number' && Number.isFinite(given) ? given : undefined;
}

/** Entries are read only where there are as many as there may be: a thousand wrong ones make one problem. */
export function list<E extends z.ZodType>(
  entry: E,
  { from, to, what, example }: { from: number; to: number; what: string; example: readonly z.infer<E>[] },
) {
  const counted = z.array(z.unknown()).min(from).max(to);
  const allowed = `a list of ${from} to ${to} ${what} is allowed`;
  return hinted(counted.pipe(z.array(entry)), { allowed, example });
}

interface NamedHint<V> {
  readonly what: string;
  readonly example: Readonly<Record<string, V>>;
  /** @default what no store comes near */
  readonly most?: number;
  /** What is allowed as a key, in words. */
  readonly keys?: string;
  /** What the keys must be together. */
  readonly fits?: (given: Readonly<Record<string, unknown>>) => boolean;
}

/** An object with keys of the user's choice. What stands in its place may be a list of NAME=secret: it is not repeated. */
export function named<E extends z.ZodType>(
  name: z.ZodString,
  entry: E,
  { what, example, most = mostEntries, keys, fits = () => true }: NamedHint<z.infer<E>>,
) {
  const isReadable = (value: unknown): boolean =>
    isObject(value) && Object.keys(value).length <= most && !Object.hasOwn(value, '__proto__') && fits(value); // Zod's record leaves this key out without a word
  const readable = z.custom<Readonly<Record<string, unknown>>>(isReadable);
  const allowed = `an object of at most ${most} ${what} is allowed${keys === undefined ? '' : `: ${keys}`}`;
  return hinted(readable.pipe(z.record(name, entry)), { allowed, example, hidden: true });
}
