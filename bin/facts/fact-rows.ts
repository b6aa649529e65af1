import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One fact, or several that one source gave on one day. */
export interface FactRow {
  /** `limits.json rdsStorageGb`, `prices.json rds.proxy us-east-1`. */
  readonly place: string;
  readonly source: string;
  /** Day on which somebody read the source, or looked for a newer one; ISO 8601. `undefined`: nobody wrote it down. */
  readonly readOn: string | undefined;
  /** Months after which it has to be looked up again. */
  readonly lifeMonths: number;
}

const factsFolder = resolve(__dirname, '../../lib/facts');

/** Prices change more often than anything else here. */
const lifeMonthsOf = (file: string): number => (file === 'prices.json' ? 12 : 18);

/** All facts of the folder, in the order of its files. */
export function factRows(folder: string = factsFolder): readonly FactRow[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .flatMap((file) => {
      const found = rowsIn(JSON.parse(readFileSync(join(folder, file), 'utf8')), file);
      return found.map(({ place, source, readOn }) => ({ place, source, readOn, lifeMonths: lifeMonthsOf(file) }));
    });
}

/**
 * Of what an object holds: its `source`, or each of its `sources`, with the `readOn` beside it; and of whatever is below it, whose
 * `source` may be the name of one that stands above.
 */
function rowsIn(value: unknown, place: string, named: object = {}): Omit<FactRow, 'lifeMonths'>[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => rowsIn(item, `${place} ${nameOf(item)}`.trimEnd(), named));
  if (typeof value !== 'object' || value === null) return [];
  const { source, sources, readOn, ...rest } = value as Readonly<Record<string, unknown>>;
  const texts = typeof sources === 'object' && sources !== null ? sources : {};
  const names = { ...named, ...texts };
  const own = typeof source === 'string' && !Object.hasOwn(names, source) ? [{ place, source, readOn: dayOf(readOn) }] : [];
  return [
    ...own,
    ...Object.entries(texts).map(([name, text]) => sourceOf(text, `${place} ${name}`, readOn)),
    ...Object.entries(rest).flatMap(([name, below]) => rowsIn(below, `${place} ${name}`, names)),
  ];
}

const dayOf = (readOn: unknown): string | undefined => (typeof readOn === 'string' ? readOn : undefined);

/** Of a map of sources: a text, or a text with a day of its own. */
function sourceOf(entry: unknown, place: string, readOn: unknown): Omit<FactRow, 'lifeMonths'> {
  if (typeof entry !== 'object' || entry === null) return { place, source: String(entry), readOn: dayOf(readOn) };
  const { text, readOn: own } = entry as Readonly<Record<string, unknown>>;
  return { place, source: String(text), readOn: dayOf(own) };
}

/** What tells an item of a list from the others. */
function nameOf(item: unknown): string {
  const { key, region, name } = (item ?? {}) as Readonly<Record<string, unknown>>;
  return [key ?? name, region].filter((part) => typeof part === 'string').join(' ');
}

/** Whole months that have passed since the day. */
export function monthsSince(day: string, now: Date): number {
  const then = new Date(`${day}T00:00:00Z`);
  const months = (now.getUTCFullYear() - then.getUTCFullYear()) * 12 + now.getUTCMonth() - then.getUTCMonth();
  return now.getUTCDate() < then.getUTCDate() ? months - 1 : months;
}

/** A fact whose life is over, or that has no date. */
export function isStale({ readOn, lifeMonths }: FactRow, now: Date): boolean {
  return readOn === undefined || monthsSince(readOn, now) >= lifeMonths;
}
