/** One synthesis in this process, with the time that each step takes: where the time goes. Milliseconds. */
const started = performance.now();
let last = started;
const phases: [string, number][] = [['Node, tsx and this file', started]];

function phase<T>(name: string, step: () => T): T {
  const result = step();
  const now = performance.now();
  phases.push([name, now - last]);
  last = now;
  return result;
}

const { loadStoreConfig } = phase(
  'load lib/config',
  () => require('../lib/config/load-store-config') as typeof import('../lib/config/load-store-config'),
);
const config = phase('context to configuration', () =>
  loadStoreConfig({ tier: 'medium', stores: { bench: { region: 'us-east-1' } } }, { now: new Date() }),
);
const { addStore, createApp } = phase(
  'load lib/store-app',
  () => require('../lib/store-app') as typeof import('../lib/store-app'),
);
const app = phase('make the app', () => createApp());
phase('make the stack (loads the CDK’s modules)', () => addStore(app, config));
phase('synthesise', () => app.synth());
console.log(JSON.stringify(phases));
