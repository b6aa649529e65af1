import type { StoreSettings } from './types';

/** `"database": { "multiAz": false }`, `"cacheEngine": "valkey"`: lines to be pasted into a store of cdk.json. */
export function settingLines(settings: StoreSettings): string[] {
  return Object.entries(settings).map(
    ([name, value]) => `${JSON.stringify(name)}: ${isPart(value) ? formatPart(value) : JSON.stringify(value)}`,
  );
}

/** Settings of several savings, those of one part together. */
export function mergeSettings(all: readonly StoreSettings[]): StoreSettings {
  const merged: Record<string, unknown> = {};
  for (const [name, value] of all.flatMap((settings) => Object.entries(settings))) {
    const before = merged[name];
    merged[name] = isPart(before) && isPart(value) ? { ...before, ...value } : value;
  }
  return merged;
}

const formatPart = (part: object): string => `{ ${settingLines({ ...part }).join(', ')} }`;

const isPart = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
