import { figureOf, type GivenUsage, type UsageName, usageNames } from './monthly-usage';

/** What a figure in bytes may be written in, as a multiple of a KB. */
const bytes: Readonly<Record<string, number>> = { kb: 1, mb: 1e3, gb: 1e6, tb: 1e9, pb: 1e12 };
const counts: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, bn: 1e9 };

export type UsageText = { readonly usage: GivenUsage } | { readonly problems: readonly string[] };

/** Reads `orders=3000,pictures=5TB,cdnHitRate=80%`; a problem is one line. A count may end with k, M or bn. */
export function readUsage(text: string): UsageText {
  const read = text
    .split(',')
    .filter((item) => item.trim() !== '')
    .map(readFigure);
  const problems = read.flatMap((one) => ('problem' in one ? [one.problem] : []));
  if (read.length === 0) problems.push('no figure is given: write name=value, for example orders=3000');
  if (problems.length > 0) return { problems };
  return { usage: Object.fromEntries(read.flatMap((one) => ('name' in one ? [[one.name, one.value]] : []))) };
}

type Read = { readonly name: UsageName; readonly value: number } | { readonly problem: string };

function readFigure(item: string): Read {
  const middle = item.indexOf('=');
  if (middle < 0) return { problem: `"${item.trim()}" is no figure: write name=value, for example orders=3000` };
  const [given, written] = [item.slice(0, middle).trim(), item.slice(middle + 1).trim()];
  const name = usageNames.find((known) => known === given);
  if (name === undefined) return { problem: `"${given}" is not a figure of a month: ${allowedInstead(given)}` };
  const { value: source, least, most, unit } = figureOf(name);
  if (source === 'template') return { problem: `${name} follows from the store’s settings: change those` };
  const value = valueOf(written, unit);
  const range = `a number from ${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')}${unit ? ` ${unit}` : ''}`;
  if (value === undefined || value < least || value > most) return { problem: `${name} must be ${range}, not "${written}"` };
  return { name, value };
}

function allowedInstead(given: string): string {
  const alike = usageNames.find((known) => known.toLowerCase() === given.toLowerCase());
  return alike
    ? `did you mean ${alike}?`
    : 'docs/settings.md#usage has all, such as orders, users, visitsPerUser, pictures, cdnGbOut';
}

/** In the figure's unit; undefined for what is no number, or has a unit of something else. */
function valueOf(written: string, unit: 'KB' | 'MB' | 'GB' | 'USD' | undefined): number | undefined {
  const [, digits = '', suffix = ''] = /^(\d[\d_]*(?:\.\d+)?|\.\d+)\s*([a-z%]*)$/i.exec(written) ?? [];
  if (digits === '') return undefined;
  const number = Number(digits.replaceAll('_', ''));
  const factor = factorOf(suffix.toLowerCase(), unit);
  return factor === undefined ? undefined : Number((number * factor).toPrecision(12));
}

function factorOf(suffix: string, unit: string | undefined): number | undefined {
  if (suffix === '') return 1;
  if (unit === 'USD') return suffix === 'usd' ? 1 : counts[suffix];
  if (unit === undefined) return suffix === '%' ? 0.01 : counts[suffix];
  const [of, own] = [bytes[suffix], bytes[unit.toLowerCase()]];
  return of !== undefined && own !== undefined ? of / own : undefined;
}
