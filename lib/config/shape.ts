import { nearest } from './nearest';
import { notShown, type Place } from './place';

/**
 * Shapes of settings: what a value must look like on its own. Each shape knows an example, so that every problem ends with
 * a line to paste. Written by hand because zod costs 45 ms of the app's start under tsx, more than all the rest of lib/config.
 */
export interface Shape<T> {
  /** What is allowed, as in `is 5; a whole number from 1 to 3 is allowed`. */
  readonly allowed: string;
  readonly example: unknown;
  /** The value, or undefined after each of its problems was reported. */
  read(value: unknown, at: Place): T | undefined;
  /** Shapes of the parts of an object. */
  readonly fields?: Readonly<Record<string, Shape<unknown>>>;
}

export type ShapeOf<S> = S extends Shape<infer T> ? T : never;

const longestText = 4096; // own limit: nothing that stands in a store's settings is near it

interface TextOptions {
  readonly allowed: string;
  readonly example: string;
  readonly pattern?: RegExp;
  readonly accepts?: (value: string) => boolean;
  /** The value may be a secret in the wrong place: no error repeats it. */
  readonly hidden?: boolean;
}

export function text({ allowed, example, pattern, accepts = () => true, hidden = false }: TextOptions): Shape<string> {
  return {
    allowed,
    example,
    read(value, at) {
      const fits = typeof value === 'string' && value.length <= longestText && (pattern?.test(value) ?? value.trim() !== '');
      if (fits && accepts(value)) return value;
      return at.refuse(hidden && typeof value === 'string' ? notShown : value, this);
    },
  };
}

/** A number between two bounds, whole unless said otherwise. */
export function numeric(range: { from: number; to: number; example: number; unit?: string; whole?: boolean }): Shape<number> {
  const { from, to, example, unit, whole = true } = range;
  const fits = (value: number): boolean => value >= from && value <= to && (!whole || Number.isInteger(value));
  const nearestTo = (value: number): number => Math.min(to, Math.max(from, whole ? Math.round(value) : value));
  return {
    allowed: `${whole ? 'a whole number' : 'a number'} from ${from} to ${to}${unit ? ` (${unit})` : ''} is allowed`,
    example,
    read(value, at) {
      if (typeof value === 'number' && fits(value)) return value;
      const meant = numberIn(value);
      return at.refuse(value, { allowed: this.allowed, example: meant === undefined ? example : nearestTo(meant) });
    },
  };
}

const booleanWords: Readonly<Record<string, boolean>> = { true: true, yes: true, on: true, false: false, no: false, off: false };

export function flag(example: boolean): Shape<boolean> {
  return {
    allowed: 'true or false is allowed, without quotes',
    example,
    read(value, at) {
      if (typeof value === 'boolean') return value;
      const meant = typeof value === 'string' && Object.hasOwn(booleanWords, value) ? booleanWords[value] : example;
      return at.refuse(value, { allowed: this.allowed, example: meant });
    },
  };
}

/** @param allowed what to say instead of naming every value */
export function oneOf<const V extends readonly (string | number)[]>(
  values: V,
  example: V[number],
  allowed = `one of ${values.map((value) => JSON.stringify(value)).join(', ')} is allowed`,
): Shape<V[number]> {
  return {
    allowed,
    example,
    read(value, at) {
      const found = values.find((candidate) => candidate === value);
      if (found !== undefined) return found;
      const meant = meantAmong(values, value);
      const suggestion = typeof meant === 'string' ? `did you mean ${JSON.stringify(meant)}?` : allowed;
      return at.refuse(value, { allowed: suggestion, example: meant ?? example });
    },
  };
}

function meantAmong(values: readonly (string | number)[], value: unknown): string | number | undefined {
  const words = values.filter((candidate) => typeof candidate === 'string');
  if (words.length > 0) return typeof value === 'string' || typeof value === 'number' ? nearest(String(value), words) : undefined;
  const meant = numberIn(value);
  if (meant === undefined) return undefined;
  return values.filter((candidate) => typeof candidate === 'number').find((candidate) => candidate >= meant) ?? values.at(-1);
}

/** The finite number that a value is, or that stands in it between quotes. */
function numberIn(value: unknown): number | undefined {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof given === 'number' && Number.isFinite(given) ? given : undefined;
}
