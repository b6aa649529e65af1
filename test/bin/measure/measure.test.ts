import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MeasureIo, main } from '../../../bin/measure';
import { loadBy } from '../../../bin/measure/load';
import { climb, cpuMicroseconds, MeasureError, type Step } from '../../../bin/measure/steps';

const limits = { p95Milliseconds: 200, connections: 64 };

/** An app that answers so many requests a second at the most; beyond that they wait. */
const appOf = (most: number, millisecondsEach: number) => (connections: number) => {
  const requestsPerSecond = Math.min(most, (connections * 1000) / millisecondsEach);
  return Promise.resolve({ requestsPerSecond, p95Milliseconds: (connections * 1000) / requestsPerSecond, failed: 0 });
};

describe('more connections in each step', () => {
  test('end where they bring no more answers, and the most within the limits counts', async () => {
    const { best, endedBy, steps } = await climb(appOf(400, 10), limits);
    expect(endedBy).toBe('no more');
    expect(best.requestsPerSecond).toBe(400);
    expect(steps.map(({ connections }) => connections)).toEqual([1, 2, 4, 8, 16]);
  });

  test.each([
    [
      'p95',
      (connections: number) => ({ requestsPerSecond: 100 * connections, p95Milliseconds: 50 * connections, failed: 0 }),
      400,
    ],
    [
      'errors',
      (connections: number) => ({ requestsPerSecond: 100 * connections, p95Milliseconds: 1, failed: connections > 4 ? 0.02 : 0 }),
      400,
    ],
    ['connections', (connections: number) => ({ requestsPerSecond: 100 * connections, p95Milliseconds: 1, failed: 0 }), 6400],
  ] as const)('end by %s', async (endedBy, answers, requestsPerSecond) => {
    const measured = await climb((connections) => Promise.resolve(answers(connections)), limits);
    expect(measured).toMatchObject({ endedBy, best: { requestsPerSecond } });
  });

  test('measure nothing where one connection is too slow already', async () => {
    await expect(climb(appOf(2, 500), limits)).rejects.toThrow(
      'Nothing was measured: with one connection 0.0% of the requests failed and p95 was 500 ms; allowed are 1.0% and 200 ms.',
    );
  });
});

test('CPU time of a request is what all tasks have, by what they answer', () => {
  const step = { requestsPerSecond: 500 } as Step;
  expect(cpuMicroseconds(step, 1, 1)).toBe(2_000);
  expect(cpuMicroseconds(step, 2, 0.5)).toBe(2_000);
});

describe('requests over HTTP', () => {
  const server = createServer(({ url }, response) => {
    response.statusCode = url === '/broken' ? 503 : 200;
    response.end('ok');
  });
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => void server.close(resolve)));
  const url = () => new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  test('are counted, and those with 5xx are failed ones', async () => {
    const { requestsPerSecond, failed } = await loadBy({ url: url(), paths: ['/', '/broken'], seconds: 1 })(2);
    expect(requestsPerSecond).toBeGreaterThan(0);
    expect(failed).toBeGreaterThan(0.3);
    expect(failed).toBeLessThan(0.7);
  });
});

describe('the command', () => {
  const cdkJson = join(mkdtempSync(join(tmpdir(), 'measure-')), 'cdk.json');
  const given = { app: 'x', context: { stores: { shop: { region: 'us-east-1' }, other: { region: 'eu-west-1' } } } };

  async function run(argv: readonly string[], load: MeasureIo['load'] = appOf(500, 10)) {
    let [out, error] = ['', ''];
    writeFileSync(cdkJson, JSON.stringify(given));
    const io = {
      write: (text: string) => void (out += text),
      writeError: (text: string) => void (error += text),
      load,
      cdkJson,
      now: () => new Date('2026-11-30T12:00:00Z'),
    };
    const code = await main(['--url', 'http://127.0.0.1:3000', ...argv], io);
    return { code, out, error, written: JSON.parse(readFileSync(cdkJson, 'utf8')) as typeof given };
  }

  test('prints the line for the settings and writes nothing by itself', async () => {
    const { code, out, error, written } = await run(['--tasks', '2', '--vcpu', '0.5']);
    expect(code).toBe(0);
    expect(out).toContain('"appCapacity": { "cpuMicroseconds": 2000, "measuredOn": "2026-11-30" }');
    expect(out).toContain('500 requests/s of 2 × 0.5 vCPU');
    expect(error).toContain('Nothing was written');
    expect(written).toEqual(given);
  });

  test('writes it into the settings of a store, and leaves everything else', async () => {
    const { code, written } = await run(['--store', 'shop']);
    expect(code).toBe(0);
    expect(written).toEqual({
      ...given,
      context: {
        stores: {
          ...given.context.stores,
          shop: { region: 'us-east-1', appCapacity: { cpuMicroseconds: 2_000, measuredOn: '2026-11-30' } },
        },
      },
    });
  });

  test.each([
    [
      'a store that is not there',
      ['--store', 'shp'],
      'cdk.json has no store shp, so nothing was written; its stores: shop, other',
    ],
    ['an address that is none', ['--url', 'shop'], 'Allowed: an address such as http://127.0.0.1:3000.'],
    ['a path that is none', ['--path', 'products'], 'Allowed: a path that starts with /.'],
  ])('refuses %s', async (_, argv, message) => {
    const { code, error, written } = await run(argv);
    expect(code).not.toBe(0);
    expect(error).toContain(message);
    expect(written).toEqual(given);
  });

  test('says when the app does not answer', async () => {
    const { code, error } = await run([], () => Promise.reject(new MeasureError('Nothing was measured: it does not answer')));
    expect(code).toBe(1);
    expect(error).toContain('Nothing was measured: it does not answer');
  });
});
