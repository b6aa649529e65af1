import { nearest } from './nearest';
import { literal, notShown, type Place } from './place';
import type { Shape, ShapeOf } from './shape';

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Group<F extends Fields, R extends keyof F> = { readonly [K in R]: ShapeOf<F[K]> } & {
  readonly [K in Exclude<keyof F, R>]?: ShapeOf<F[K]>;
};

/** A list; with one bad entry the whole list counts as bad, so that no rule judges half of it. */
export function list<T>(
  entry: Shape<T>,
  { from, to, what, example }: { from: number; to: number; what: string; example: readonly T[] },
): Shape<readonly T[]> {
  return {
    allowed: `a list of ${from === to ? from : `${from} to ${to}`} ${what} is allowed`,
    example,
    read(value, at) {
      if (!Array.isArray(value) || value.length < from || value.length > to) return at.refuse(value, this);
      const read = value.map((item: unknown, index) => entry.read(item, at.under(index)));
      return read.every((item) => item !== undefined) ? read : undefined;
    },
  };
}

/** An object with keys of the user's choice. */
export function record<T>(
  key: RegExp,
  entry: Shape<T>,
  { what, example }: { what: string; example: Readonly<Record<string, T>> },
): Shape<Readonly<Record<string, T>>> {
  const most = 100; // more than any task definition carries
  return {
    allowed: `an object of at most ${most} ${what} is allowed`,
    example,
    read(value, at) {
      if (!isObject(value)) return at.refuse(notShown, this); // a list of NAME=secret, say
      if (Object.keys(value).length > most) return at.refuse(value, this);
      const entries = Object.entries(value).map(([name, item]) => {
        if (key.test(name)) return [name, entry.read(item, at.under(name))] as const;
        at.under(name).report({
          got: 'is not a good name',
          allowed: 'a letter, then letters, digits and underscores are allowed',
          fix: [literal(example)],
        });
        return [name, undefined] as const;
      });
      return entries.every((pair): pair is readonly [string, T & {}] => pair[1] !== undefined)
        ? Object.fromEntries(entries)
        : undefined;
    },
  };
}

/** The first shape that the value's type fits: a number or a list, say. */
export function either<A, B>(first: Shape<A>, isFirst: (value: unknown) => boolean, second: Shape<B>): Shape<A | B> {
  return {
    allowed: `${second.allowed}, or: ${first.allowed}`,
    example: second.example,
    read(value, at) {
      if (isFirst(value)) return first.read(value, at);
      return Array.isArray(value) ? second.read(value, at) : at.refuse(value, this);
    },
  };
}

interface GroupOptions<R> {
  readonly required?: readonly R[];
  /** Keys that people try, and why they are no settings. */
  readonly notSettings?: Readonly<Record<string, string>>;
}

/** An object with known keys; any other key is a problem. */
export function group<const F extends Fields, const R extends keyof F & string = never>(
  fields: F,
  { required = [], notSettings = {} }: GroupOptions<R> = {},
): Shape<Group<F, R>> {
  const [first] = Object.keys(fields);
  const shown = Object.entries(fields).filter(([key]) =>
    required.length > 0 ? required.some((name) => name === key) : key === first,
  );
  const example = Object.fromEntries(shown.map(([key, shape]) => [key, shape.example]));
  return {
    allowed: 'an object is allowed',
    example,
    fields,
    read(value, at) {
      if (!isObject(value)) return at.refuse(value, this);
      const given: Readonly<Record<string, unknown>> = value;
      const read: Record<string, unknown> = {};
      for (const key of Object.keys(given)) {
        const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
        const item = shape ? shape.read(given[key], at.under(key)) : reportUnknown(key, at, fields, notSettings);
        if (item !== undefined) read[key] = item;
      }
      const missing = required.filter((key) => !Object.hasOwn(given, key));
      for (const key of missing) {
        const place = at.under(key);
        place.report({ got: 'is missing', allowed: fields[key]?.allowed ?? '', fix: [place.line(fields[key]?.example)] });
      }
      return required.every((key) => key in read) ? (read as Group<F, R>) : undefined;
    },
  };
}

function reportUnknown(key: string, at: Place, fields: Fields, notSettings: Readonly<Record<string, string>>): undefined {
  const place = at.under(key);
  if (Object.hasOwn(notSettings, key))
    return place.report({ got: 'is not a setting', allowed: notSettings[key] ?? '', fix: ['leave it out'] });
  const meant = nearest(key, Object.keys(fields));
  if (meant === undefined) {
    return place.report({
      got: 'is not a setting',
      allowed: `allowed are ${Object.keys(fields).join(', ')}`,
      fix: ['leave it out'],
    });
  }
  return place.report({
    got: 'is not a setting',
    allowed: `did you mean ${meant}?`,
    fix: [at.under(meant).line(fields[meant]?.example)],
  });
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
