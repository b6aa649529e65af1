import { applyEdits, type JSONPath, modify, parse } from 'jsonc-parser';
import { isObject } from '../lib/config/is-object';

/** The text of cdk.json with a setting of a store, or why it cannot have it. */
export type Changed = { readonly text: string } | { readonly problem: string };

/** Sets one setting of a store in the text of cdk.json. No other character changes. @param valueOf the new value, from the one that stands there */
export function withStoreSetting(text: string, store: string, name: string, valueOf: (before: unknown) => object): Changed {
  const file: unknown = parse(text);
  const context = isObject(file) ? file['context'] : undefined;
  const stores = isObject(context) ? context['stores'] : undefined;
  const settings = isObject(stores) && Object.hasOwn(stores, store) ? stores[store] : undefined;
  if (!isObject(settings)) {
    const names = isObject(stores) ? Object.keys(stores).join(', ') : '';
    return { problem: `cdk.json has no store ${store}, so nothing was written; its stores: ${names === '' ? 'none' : names}` };
  }
  const before = settings[name];
  if (before !== undefined && !isObject(before))
    return { problem: `The setting ${name} of the store ${store} in cdk.json is no object, so nothing was written` };
  const path: JSONPath = ['context', 'stores', store, name];
  return { text: applyEdits(text, spaced(modify(text, path, valueOf(before), {}), valueOf(before))) };
}

/** In one line, as the stores of cdk.json are written: `{ "orders": 3000 }`. */
export const oneLine = (value: object): string => JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ');

const spaced = (edits: ReturnType<typeof modify>, value: object): ReturnType<typeof modify> =>
  edits.map(({ offset, length, content }) => ({
    offset,
    length,
    content: content.replace(JSON.stringify(value), () => oneLine(value)).replace(/^,/, ', '),
  }));
