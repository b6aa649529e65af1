/** Node of scripts, tests and image: npm's `node` package pins it, but only its install script brings it. */
const { existsSync } = require('node:fs');
const needed = require('./package.json').devDependencies.node;
const installed = existsSync(`${__dirname}/node_modules/node/bin/node`);
const major = (version) => Number.parseInt(version, 10);

if (major(process.versions.node) !== major(needed)) {
  console.error(
    [
      `This needs Node ${major(needed)}; it runs on ${process.versions.node}.`,
      ...(installed
        ? [`The npm package "node" has ${needed}; npm and npx find it.`, '  → start the command by npm run or npx']
        : [
            `The npm package "node" brings ${needed} along, but its install script has not run (npm ci --ignore-scripts, or scripts not allowed).`,
            '  → npm rebuild node    then the same command again',
          ]),
    ].join('\n'),
  );
  process.exit(1);
}
