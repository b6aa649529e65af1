import * as fc from 'fast-check';
import * as z from 'zod';
import type { Route } from '../../../services/api/route';

/** What a request to a route is made of. `headers` hold what HTTP lets through: one byte a character, no line ends. */
export interface OddRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text?: string;
}

/** With which a route comes through: ids of what is there, headers and a body. */
export interface Usual {
  readonly ids: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What parsers stumble over: of SQL, of text search, of URLs, of JSON, of paths and of numbers. */
const pieces = [
  '-',
  '- ',
  '-!',
  '-(',
  '-"',
  '"',
  "'",
  ' or ',
  '!',
  '&',
  '|',
  '<->',
  ':*',
  '(',
  '\\',
  '%',
  '_',
  ';--',
  '$1',
  '/*',
  '%00',
  '%ff',
  '%',
  '%2f',
  '../',
  '//',
  '?',
  '#',
  '+',
  '{',
  '[',
  ',',
  '=',
  ';',
  ' ',
  '\t',
  '\r\n',
  '\u0000',
  '\u007f',

  '\ud800',
  '\udfff',
  '\ufeff',
  '\u202e',
  '\u2003',
  '\u0130',
  'ß',
  '😀',
  'a\u0301',
  '0',
  '9',
  '-1',
  '1e',
  '.',
  'NaN',
  'null',
  'a@b',
];
const uuid = '01900000-0000-7000-8000-0000000000aB';
const words = [
  '',
  uuid,
  uuid.toUpperCase(),
  `{${uuid}}`,
  uuid.replaceAll('-', ''),
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '2147483648',
  '9223372036854775808',
  '1e400',
  '-0',
  '0x10',
  'Infinity',
  '٣',
  '__proto__',
  'constructor',
  'true',
  'relevance',
  'the',
  "' or 1=1 --",
  '$argon2id$v=19$m=1,t=1,p=1$AA$AA',
  '*',
  'W/"',
];

/** The most that a text may have: what is longer is refused before any parser sees it. */
const mostText = 100;
const filled = (piece: string): string => piece.repeat(mostText).slice(0, mostText);

const oddText = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 3 }).map((some) => filled(some.join(''))),
  },
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join('')) },
  { weight: 2, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.double().map(String) },
);
const oddValue = fc.oneof(oddText, fc.jsonValue({ maxDepth: 3 }), fc.double(), fc.bigInt().map(Number));

const escaped = (text: string): string => encodeURIComponent(text.toWellFormed());
/** As a URL carries it, or as it must not. */
const encoded = oddText.chain((text) => fc.constantFrom(escaped(text), text.replaceAll(/[?#\s\\]/g, '')));
const asHeader = (text: string): string => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '').trim();

const fieldsOf = (schema: z.ZodType | undefined): readonly string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

/** Headers that every route, or what stands before it, reads. */
const readByAll = ['cookie', 'content-type', 'if-none-match', 'origin', 'sec-fetch-site', 'authorization'];

/** What differs from the usual request; `query` beyond its fields is `rest`, and `text` stands for the whole body. */
interface Odd {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly rest?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly text?: string | undefined;
}

function requestOf(route: Route, usual: Usual, odd: Odd): OddRequest {
  const params: Readonly<Record<string, string>> = { ...usual.ids, ...odd.params };
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const asked = Object.entries(odd.query ?? {}).map(([name, value]) => `${name}=${value}`);
  const query = [...asked, ...(odd.rest ? [odd.rest] : [])].join('&');
  const headers = { 'content-type': 'application/json', ...usual.headers, ...odd.headers };
  const text = odd.text ?? usual.text ?? JSON.stringify({ ...usual.body, ...odd.fields });
  return { path: query === '' ? path : `${path}?${query}`, headers, ...(route.method !== 'get' && { text }) };
}

/** Each field that a route has of its own, filled with each of the pieces. */
export function filledFields(route: Route, usual: Usual): readonly OddRequest[] {
  const odds = pieces
    .map(filled)
    .flatMap((text): readonly Odd[] =>
      [
        fieldsOf(route.params).map((name) => ({ params: { [name]: escaped(text) } })),
        fieldsOf(route.query).map((name) => ({ query: { [name]: escaped(text) } })),
        fieldsOf(route.headers).map((name) => ({ headers: { [name]: asHeader(text) } })),
        fieldsOf(route.body).map((name) => ({ fields: { [name]: text } })),
      ].flat(),
    );
  return odds.map((odd) => requestOf(route, usual, odd));
}

/** None of the names, one of them or a few, with odd values. */
const some = <T>(names: readonly string[], value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  names.length === 0
    ? fc.constant({})
    : fc.oneof(
        { weight: 1, arbitrary: fc.constant({}) },
        { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...names), value).map(([name, odd]) => ({ [name]: odd })) },
        { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 }) },
      );

/** Requests that differ from the usual one in one thing or in a few. */
export function oddRequests(route: Route, usual: Usual): fc.Arbitrary<OddRequest> {
  return fc
    .record({
      params: some(fieldsOf(route.params), encoded),
      query: some([...fieldsOf(route.query), 'unknown'], encoded),
      rest: fc.oneof({ weight: 9, arbitrary: fc.constant('') }, encoded),
      headers: some([...fieldsOf(route.headers), ...readByAll], oddText.map(asHeader)),
      fields: some([...fieldsOf(route.body), 'unknown'], oddValue),
      text: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, oddText, fc.json({ maxDepth: 4 })),
    })
    .map((odd) => requestOf(route, usual, odd));
}
