import { isObject } from '../../lib/config/is-object';
import { MeasureError } from './steps';

/** What `appCapacity` says in the settings. */
export interface AppCapacity {
  readonly cpuMicroseconds: number;
  /** `2026-11-30`. */
  readonly measuredOn: string;
}

/** The text of cdk.json with the capacity in the settings of a store. @throws MeasureError where there is no such store */
export function withCapacity(text: string, store: string, appCapacity: AppCapacity): string {
  const file: unknown = JSON.parse(text);
  const context = isObject(file) ? file['context'] : undefined;
  const stores = isObject(context) ? context['stores'] : undefined;
  const settings = isObject(stores) ? stores[store] : undefined;
  if (!isObject(file) || !isObject(context) || !isObject(stores) || !isObject(settings)) {
    const names = isObject(stores) ? Object.keys(stores).join(', ') : 'none';
    throw new MeasureError(`cdk.json has no store ${store}, so nothing was written; its stores: ${names}`);
  }
  const changed = { ...stores, [store]: { ...settings, appCapacity } };
  return `${JSON.stringify({ ...file, context: { ...context, stores: changed } }, null, 2)}\n`;
}
