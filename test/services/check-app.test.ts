import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../bin/check-app';
import { checkApp } from '../../bin/check-app/check';
import { readConfig } from '../../bin/check-app/config';
import type { Finding } from '../../bin/check-app/point';
import { points } from '../../bin/check-app/points';
import type { Limits } from '../../bin/check-app/run';
import { storeOfApp } from '../../bin/check-app/template';
import { setUp } from '../support/set-up';

const file = join(__dirname, 'check-app', 'check.json');
const config = readConfig(file);

/** Shorter than on AWS, where a point that is broken waits for all of it. */
const limits: Partial<Limits> = { startSeconds: 30, stopSeconds: 10, patienceSeconds: 10, outageSeconds: 0.3 };

/** What takes seconds each: looked at in the app that holds everything, and in the one that breaks it. */
const long = new Set(['database failover', 'cache failover', 'rotation']);

/** The app of this folder, with one point broken. */
function findingsOf(broken: string, changed: Partial<Limits>): Promise<readonly Finding[]> {
  const size = { cpu: 256, memoryMiB: 512 };
  return checkApp({
    config: { ...config, variables: { BREAK: broken } },
    store: storeOfApp({ ...config.store, api: size, worker: size }, broken === 'cache' ? 'large' : 'medium'),
    points: points.filter(({ name }) => name === broken || !long.has(name)),
    limits: { ...limits, ...changed },
    write: () => undefined,
    progress: () => undefined,
  });
}

/** Shorter limits where the broken point waits for all of one. */
const mutations: readonly (readonly [point: string, limits: Partial<Limits>])[] = [
  ['migrations', {}],
  ['port', { startSeconds: 3 }],
  ['health', {}],
  ['steps', { patienceSeconds: 2 }],
  ['tls', {}],
  ['log-in', {}],
  ['cache', {}],
  ['keep-alive', {}],
  ['two tasks', { patienceSeconds: 2 }],
  ['pooler', {}],
  ['database failover', {}],
  ['cache failover', { patienceSeconds: 3 }],
  ['rotation', {}],
  ['user', {}],
  ['disk', {}],
  ['memory', {}],
  ['in progress', {}],
  ['stop', { stopSeconds: 3 }],
  ['logs', {}],
];

/** Only root may try another user. */
const triable = mutations.filter(([point]) => point !== 'user' || process.getuid?.() === 0);

describe('an app that breaks one point', () => {
  setUp(async (started) => {
    started.defer(async () => rmSync(join(__dirname, 'check-app', 'written'), { force: true }));
  });

  it('stands in the table for each point', () => {
    expect(mutations.map(([point]) => point)).toEqual(points.map(({ name }) => name));
  });

  it.each(triable)('is told of this one, and of no other: %s', async (point, changed) => {
    const findings = await findingsOf(point, changed);
    expect(findings.filter(({ holds }) => holds === false)).toEqual([expect.objectContaining({ point })]);
  });
});

const run = async (...argv: string[]) => {
  let output = '';
  const write = (text: string): void => void (output += text);
  return { code: await main(argv, { write, writeError: write }), output };
};

describe('npm run check:app', () => {
  it('says of an app that holds everything that it does, and exits 0', async () => {
    const { code, output } = await run(file, '--quiet');
    expect(output).toMatch(/^holds +rotation +none of \d+ requests failed/m);
    expect(output).not.toMatch(/^(FAILS|not seen)/m);
    expect(code).toBe(0);
  });

  it('looks at some points alone', async () => {
    const { code, output } = await run(file, '--quiet', '--tier', 'large', '--only', 'health', 'cache');
    expect(output.match(/^(holds|FAILS|not seen) +\S+/gm)).toEqual(['holds     health', 'holds     cache']);
    expect(code).toBe(0);
  });

  it.each([
    ['no file', []],
    ['a file that is not there', ['nowhere.json']],
    ['a size that is none', [file, '--tier', 'huge']],
    ['a point that is none', [file, '--only', 'beauty']],
  ])('exits 2 for wrong usage: %s', async (_what, argv) => {
    const { code, output } = await run(...argv);
    expect([code, output]).toEqual([2, expect.stringMatching(/config|cannot be read|allowed/i)]);
  });

  it('says how it is called', async () => {
    const { code, output } = await run('--help');
    expect([code, output]).toEqual([0, expect.stringContaining('--only <points...>')]);
  });
});
