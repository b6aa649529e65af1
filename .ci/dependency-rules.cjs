/** Holds the dependency rules, and makes sure that the check saw the code: a floor on the modules that it read. */
const childProcess = require('node:child_process');
const path = require('node:path');

const floor = 500;
const roots = ['alarms', 'bin', 'lib', 'services'];

let output;
try {
  output = childProcess.execFileSync('depcruise', [...roots, '--output-type', 'json'], {
    cwd: path.join(__dirname, '..'),
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  });
} catch (error) {
  output = error.stdout; // it exits with the number of violations
}
const { modules, summary } = JSON.parse(output);
const own = modules.filter(({ source }) => roots.some((root) => source.startsWith(`${root}/`)));
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
if (own.length < floor) console.error(`only ${own.length} modules seen; at least ${floor} are expected`);
if (summary.violations.length > 0 || own.length < floor) process.exit(1);
console.log(`the dependency rules hold in ${own.length} modules`);
