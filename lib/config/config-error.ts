/** One thing that keeps a store from being deployed. */
export interface Problem {
  /** Id of the rule in `rules/`, or `shape`, `size`, `store`, `context`. */
  readonly rule: string;
  /** Where it stands, for example `stores.acme.api.memoryMiB`. */
  readonly path: string;
  /** What stands there: `is 1024`, `is missing`, `is not a setting`. */
  readonly got: string;
  /** What is allowed there. */
  readonly allowed: string;
  /** Lines to write or to paste instead; the first is the best. */
  readonly fix: readonly string[];
}

/** The settings do not make a store. `message` is the whole text for the user; nothing needs to be added to it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'STORE_CONFIG';
  readonly problems: readonly Problem[];

  constructor(resolved: string, problems: readonly Problem[]) {
    const sorted = problems.toSorted((a, b) => compare(a.path, b.path) || compare(a.rule, b.rule));
    super(`${resolved}: ${sorted.length} ${sorted.length === 1 ? 'problem' : 'problems'}\n\n${layOut(sorted)}`);
    this.problems = sorted;
  }
}

const widestPath = 44; // a longer path gets a line of its own

function layOut(problems: readonly Problem[]): string {
  const short = problems.map(({ path }) => path.length).filter((length) => length <= widestPath);
  const width = short.reduce((widest, length) => Math.max(widest, length), 8) + 3;
  const indent = ' '.repeat(width + 2);
  return problems
    .map(({ path, got, allowed, fix }) => {
      const head = path.length <= widestPath ? `  ${path.padEnd(width)}` : `  ${path}\n${indent}`;
      return [`${head}${got}; ${allowed}`, ...fix.map((line) => `${indent}→ ${line}`)].join('\n');
    })
    .join('\n');
}

/** By code unit, so that the order is the same in every locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
