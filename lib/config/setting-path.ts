import { literal } from './format-literal';

/** The path of what stands under a key, for example `stores.acme.vpc.zones[0]`. */
export function pathUnder(path: string, key: PropertyKey): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  const name = String(key);
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  return /^[A-Za-z_][\w-]*$/.test(shown) ? `${path}${path && '.'}${shown}` : `${path}[${JSON.stringify(shown)}]`;
}

/** What to write at a path: `"memoryMiB": 4096`, the bare value for an entry of a list, or `--context imageUri=...`. */
export function lineAt(path: string, value: unknown): string {
  const key = /(?<=[.])[A-Za-z]\w*$/.exec(path)?.[0];
  if (key) return `"${key}": ${literal(value)}`;
  return /^\w+$/.test(path) ? `--context ${path}=${String(value)}` : literal(value);
}
