/** Settings of a store in cdk.json, by the name of the part or of the setting. */
export type Overrides = Readonly<Record<string, unknown>>;

/** Settings of several changes, those of one part together; the last value of a field counts. */
export function mergedOverrides<O extends Overrides>(all: readonly O[]): O {
  const merged: Record<string, unknown> = {};
  for (const [name, value] of all.flatMap((overrides) => Object.entries(overrides))) {
    const before = merged[name];
    merged[name] = isPart(before) && isPart(value) ? { ...before, ...value } : value;
  }
  return merged as O;
}

/** `"database": { "multiAz": false }`, `"cacheEngine": "valkey"`: lines to be pasted into a store of cdk.json. */
export function overrideLines(overrides: Overrides): string[] {
  return Object.entries(overrides).map(
    ([name, value]) => `${JSON.stringify(name)}: ${isPart(value) ? partText(value) : JSON.stringify(value)}`,
  );
}

const partText = (part: object): string => `{ ${overrideLines({ ...part }).join(', ')} }`;

const isPart = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
