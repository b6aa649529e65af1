import { readFileSync } from 'node:fs';
import { isObject } from '../../lib/config/is-object';
import { ReconcileError } from '../../lib/reconcile/reconcile-error';
import { replaceFile } from '../replace-file';
import { objectAt } from './json-text';

export type Usage = Readonly<Record<string, number>>;

/** Writes the figures as `usage` of a store; a reader sees the whole file or the previous one. @throws ReconcileError where there is no such store */
export function writeUsage(file: string, store: string, measured: Usage): void {
  replaceFile(file, withUsage(readFileSync(file, 'utf8'), store, measured));
}

/** The text of cdk.json with the figures; those of `usage` that were not measured stay, and so does every other character. */
export function withUsage(text: string, store: string, measured: Usage): string {
  const path = ['context', 'stores', store];
  const settings = valueAt(JSON.parse(text), path);
  const place = objectAt(text, path);
  if (!isObject(settings) || place === undefined)
    throw new ReconcileError(`cdk.json has no store ${store}, so nothing was written`);
  const before = isObject(settings['usage']) ? settings['usage'] : {};
  const usage = usageText({ ...before, ...measured });
  const old = objectAt(text, [...path, 'usage']);
  if (old) return text.slice(0, old.from) + usage + text.slice(old.to);
  if ('usage' in settings)
    throw new ReconcileError(`The usage of the store ${store} in cdk.json is no object, so nothing was written`);
  const inside = text.slice(place.from + 1, place.to - 1);
  const more = Object.keys(settings).length > 0 ? ', ' : ' ';
  return `${text.slice(0, place.from + 1)} "usage": ${usage}${more}${inside.trimStart()}${text.slice(place.to - 1)}`;
}

/** In one line, as the stores of cdk.json are written. */
export const usageText = (usage: Readonly<Record<string, unknown>>): string =>
  `{ ${Object.entries(usage)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(', ')} }`;

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}
