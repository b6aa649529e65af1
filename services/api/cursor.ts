import * as z from 'zod';

/** A place in a list that stays where it is, whatever becomes of the row that it was taken from. */
export interface Cursor<S extends string = string> {
  readonly sort: S;
  /** What the list is sorted by, as PostgreSQL writes it; times in microseconds since 1970. */
  readonly by: string;
  /** Settles ties. */
  readonly id: string;
}

/** Characters: a title of 200 four-byte ones, as JSON in base64url, and some. */
const longest = 1_500;

/** For clients it is a text that they give back. */
export const encodeCursor = ({ sort, by, id }: Cursor): string =>
  Buffer.from(JSON.stringify([sort, by, id])).toString('base64url');

/** `forms`: for each sort, what its values look like, so that PostgreSQL reads every cursor that passes. */
export const cursorOf = <S extends string>(forms: Readonly<Record<S, RegExp>>) =>
  z.string().transform((text, context): Cursor<S> => {
    const parsed = place.safeParse(text.length > longest ? undefined : decoded(text));
    if (parsed.success) {
      const [sort, by, id] = parsed.data;
      if (isSort(sort, forms) && forms[sort].test(by)) return { sort, by, id };
    }
    context.addIssue('is no `nextCursor` of this list');
    return z.NEVER;
  });

/** For the document, which cannot say which texts are cursors. */
export const cursorText = {
  description: '`nextCursor` of the page before; no other text is one',
  override: { type: 'string' },
} as const;

const place = z.tuple([z.string(), z.string(), z.uuid().toLowerCase()]);

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown;
  } catch {
    return undefined;
  }
}

const isSort = <S extends string>(name: string, forms: Readonly<Record<S, RegExp>>): name is S => Object.hasOwn(forms, name);

export const nextCursor = z.string().nullable().meta({ description: 'null on the last page' });

interface Listed {
  readonly id: string;
  /** What the list is sorted by, as a cursor has it; left out where that is the id. */
  readonly place?: string;
}

/** What a list shows of the rows that were found, and where the next page begins. `rows`: one more than `limit` tells that there is a next page. */
export function pageOf<Row extends Listed>(rows: readonly Row[], limit: number, sort: string) {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor({ sort, by: last.place ?? '', id: last.id }) : null };
}

/** Forms of what lists are sorted by. */
export const placeForms = {
  /** Microseconds since 1970, until the year 2286. */
  time: /^\d{1,16}$/,
  integer: /^\d{1,9}$/,
  // oxlint-disable-next-line no-control-regex -- PostgreSQL takes any character but NUL
  text: /^[^\u0000]{0,200}$/u,
  /** What PostgreSQL writes of a `real` from 0 on; a rank is 1e-20 at the least. */
  real: /^\d{1,3}(\.\d{1,12})?(e-[0-2]\d)?$/,
} as const;

/** SQL of a time as a cursor has it, and back. */
export const microseconds = (time: string): string => `(extract(epoch from ${time}) * 1000000)::bigint`;
export const timeOf = (value: string): string => `('epoch'::timestamptz + ${value}::float8 * interval '1 microsecond')`;
