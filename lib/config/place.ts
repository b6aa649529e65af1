import type { Problem } from './config-error';

/** Where a value stands, and where its problems go. */
export class Place {
  constructor(
    readonly path: string,
    private readonly problems: Problem[],
  ) {}

  under(key: string | number): Place {
    return new Place(join(this.path, key), this.problems);
  }

  report(problem: Omit<Problem, 'rule' | 'path'>): undefined {
    this.problems.push({ rule: 'shape', path: this.path, ...problem });
    return undefined;
  }

  /** Reports that the value is not what is allowed here. */
  refuse(value: unknown, { allowed, example }: { allowed: string; example: unknown }): undefined {
    return this.report({ got: `is ${show(value)}`, allowed, fix: [this.line(example)] });
  }

  /** `"memoryMiB": 4096`, the bare value for an entry of a list, or `--context imageUri=...`. */
  line(value: unknown): string {
    const key = /(?<=[.])[A-Za-z]\w*$/.exec(this.path)?.[0];
    if (key) return `"${key}": ${literal(value)}`;
    return /^\w+$/.test(this.path) ? `--context ${this.path}=${String(value)}` : literal(value);
  }
}

function join(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  const shown = key.length > 60 ? `${key.slice(0, 60)}…` : key;
  return /^[A-Za-z_][\w-]*$/.test(shown) ? `${path}${path && '.'}${shown}` : `${path}[${JSON.stringify(shown)}]`;
}

/** Stands for a value that no error repeats. */
export const notShown = Symbol('something else, not shown here');

/** A value as a person would write it; never throws and never long, whatever stands in the context. */
export function show(value: unknown): string {
  if (Array.isArray(value)) {
    const plain = value.length <= 8 && value.every((entry) => typeof entry === 'string' || typeof entry === 'number');
    return plain ? clip(literal(value)) : `a list of ${value.length}`;
  }
  if (typeof value === 'string') return clip(JSON.stringify(value));
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'symbol') return value.description ?? '';
  return typeof value === 'function' ? 'a function' : String(value);
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

export function literal(value: unknown): string {
  return (JSON.stringify(value, null, 1) ?? 'null').replaceAll(/\n\s*/g, ' ').replaceAll('[ ', '[').replaceAll(' ]', ']');
}
