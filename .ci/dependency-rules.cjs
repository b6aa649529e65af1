/** Holds the arrows of the house, and makes sure that the check saw it: a floor on the modules that it read. */
const childProcess = require('node:child_process');
const path = require('node:path');

const floor = 180;
const rooms = ['alarms', 'bin', 'lib', 'services'];
const root = path.join(__dirname, '..');

let output;
try {
  output = childProcess.execFileSync('depcruise', [...rooms, '--output-type', 'json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  });
} catch (error) {
  output = error.stdout; // it exits with the number of violations
}
const { modules, summary } = JSON.parse(output);
const own = modules.filter(({ source }) => rooms.some((room) => source.startsWith(`${room}/`)));
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
if (own.length < floor) console.error(`only ${own.length} modules seen; at least ${floor} are expected`);
if (summary.violations.length > 0 || own.length < floor) process.exit(1);
console.log(`the arrows hold in ${own.length} modules`);
