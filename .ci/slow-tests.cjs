require('../require-node.cjs');
const { spawn } = require('node:child_process');
const events = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { Command, InvalidArgumentError } = require('commander');

/** As many as keep two cores busy twice over. */
const busyLoops = 4;

/** Ends by itself when this process is gone, however it went. */
const busyLoop = 'const { ppid } = process; while (process.ppid === ppid);';

const root = path.join(__dirname, '..');
const resultFile = path.join(root, '.build', 'slow-tests.json');

function command() {
  return new Command('npm run test:slow --')
    .description(
      'Runs the tests again and again on a machine that is busy with something else. The first red run is the last one.',
    )
    .argument('[filter...]', 'what jest shall run (default: everything)')
    .option('--runs <number>', 'how often', positive, 3)
    .addHelpText('after', '\nExample:\n  npm run test:slow -- --runs 1 test/services/faults');
}

function positive(text) {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Allowed is a whole number above 0.');
}

async function main() {
  const parsed = command().parse();
  const { runs } = parsed.opts();
  const loops = Array.from({ length: busyLoops }, () => spawn(process.execPath, ['-e', busyLoop], { stdio: 'ignore' }));
  try {
    for (let run = 1; run <= runs; run += 1) {
      const { passed, failed, green, seconds } = await runJest(parsed.args);
      console.log(`Run ${run} of ${runs}: ${passed} passed, ${failed} failed, ${seconds} s`);
      if (!green) return close(`Red: run ${run} of ${runs} beside ${busyLoops} busy loops`, 1);
    }
    return close(`Green: ${runs} of ${runs} runs beside ${busyLoops} busy loops`, 0);
  } finally {
    for (const loop of loops) loop.kill('SIGKILL');
  }
}

function close(line, code) {
  console.log(line);
  return code;
}

/** Red is also a suite that did not run, and a run that wrote no result. */
async function runJest(filter) {
  fs.rmSync(resultFile, { force: true });
  const began = performance.now();
  const args = [require.resolve('jest/bin/jest'), '--json', '--outputFile', resultFile, ...filter];
  const jest = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await events.once(jest, 'close');
  const seconds = Math.round((performance.now() - began) / 1000);
  if (!fs.existsSync(resultFile)) return { passed: 0, failed: 0, green: false, seconds };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(fs.readFileSync(resultFile, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites, green: code === 0, seconds };
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1)); // the loops end with this process
void main().then((code) => process.exit(code));
