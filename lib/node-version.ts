/** Node of scripts, tests and image; npm's `node` package pins the exact version. */
const needed = 24;

/** Undefined where the running Node will do; otherwise what to tell the user. */
export function nodeVersionProblem(version: string = process.versions.node): string | undefined {
  if (Number.parseInt(version, 10) >= needed) return undefined;
  return [
    `This needs Node ${needed}; it runs on ${version}.`,
    `The npm package "node" brings it along, but its install script has not run.`,
    '  → npm rebuild node        (npm 11.16 and later: npm install-scripts approve node, then npm rebuild node)',
  ].join('\n');
}
