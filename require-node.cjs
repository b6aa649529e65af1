/** Node of scripts, tests and image: npm's `node` package pins it, but only its install script brings it. */
const needed = require('./package.json').devDependencies.node;
const major = (version) => Number.parseInt(version, 10);

if (major(process.versions.node) !== major(needed)) {
  console.error(
    [
      `This needs Node ${major(needed)}; it runs on ${process.versions.node}.`,
      `The npm package "node" brings ${needed} along, but its install script has not run (npm ci --ignore-scripts, or scripts not allowed).`,
      '  → npm rebuild node    then the same command again',
    ].join('\n'),
  );
  process.exit(1);
}
