import { join } from 'node:path';
import { main } from '../../bin/check-container';
import { checkContract, type Finding, type Point } from '../../bin/check-container/contract';
import { type ContainerBackends, startContainerBackends } from '../../bin/local/container-backends';
import { stopTimeoutSeconds } from '../../services/contract';
import { setUp } from '../support/set-up';
import { templateOf } from '../support/stores';

const inFolder = (file: string): string => join(__dirname, 'own-container', file);
const node = [process.execPath, inFolder('server.cjs')];
const python = ['python3', inFolder('server.py')];

let backends: ContainerBackends;
setUp(async (started) => {
  backends = await started.use(startContainerBackends(() => undefined));
});

const check = async (command: readonly string[], limits: { startSeconds?: number; stopSeconds?: number } = {}) =>
  checkContract({
    ...(await backends.variables()),
    command,
    healthPath: '/health',
    slowPath: '/slow',
    startSeconds: 60,
    stopSeconds: stopTimeoutSeconds,
    ...limits,
    logIns: backends.logIns,
    write: () => undefined,
    progress: () => undefined,
  });
const verdicts = (findings: readonly Finding[]) => findings.map(({ point, passed }) => [point, passed]);

describe('a container that somebody brings', () => {
  it.each([
    ['Python', python],
    ['Node', node],
  ])('holds the contract in 25 lines of %s', async (_language, command) => {
    expect(verdicts(await check(command))).toEqual([
      ['port', true],
      ['health', true],
      ['keep-alive', true],
      ['database', true],
      ['in progress', true],
      ['stop', true],
    ]);
  });

  it.each<[fault: string, Point]>([
    ['another port', 'port'],
    ['loopback', 'port'],
    ['start', 'port'],
    ['health', 'health'],
    ['keep-alive', 'keep-alive'],
    ['no database', 'database'],
    ['under way', 'in progress'],
    ['stop', 'stop'],
  ])('is told when it breaks it: %s', async (fault, point) => {
    const findings = await check([process.execPath, inFolder('broken.cjs'), fault], {
      ...(point === 'port' && { startSeconds: 1 }), // it never listens
      ...(fault === 'stop' && { stopSeconds: 1 }), // it never ends
    });
    const failed = findings.filter(({ passed }) => passed === false);
    expect(failed.map((finding) => finding.point)).toContain(point);
    expect(failed.length).toBeLessThanOrEqual(fault === 'health' ? 2 : 1); // the slow path answers 500 as well
  });

  it('is told when its program is not there', async () => {
    expect(verdicts(await check(['no-such-program']))).toEqual([['port', false]]);
  });

  it('gets every variable here that the stack would give it', async () => {
    const container = { image: 'ghcr.io/acme/api:1.0.0', port: 3000, healthPath: '/health' };
    const { Resources } = templateOf('medium', { container });
    const definitions = Object.values(Resources).flatMap(
      ({ Properties }) => (Properties?.['ContainerDefinitions'] ?? []) as { Name: string; Environment: { Name: string }[] }[],
    );
    const theirs = definitions.find(({ Name }) => Name === 'api')?.Environment.map(({ Name }) => Name) ?? [];
    expect(theirs.length).toBeGreaterThan(15);
    expect(Object.keys((await backends.variables()).variables)).toEqual(expect.arrayContaining(theirs));
  });
});

const run = async (...argv: string[]) => {
  let output = '';
  const write = (text: string): void => void (output += text);
  const stop = jest.fn(async () => undefined);
  const code = await main(argv, { write, writeError: write }, async () => ({ ...backends, stop }));
  return { code, output, stops: stop.mock.calls.length };
};

describe('npm run check:container', () => {
  it('names each point and exits 0 where all hold', async () => {
    const { code, output, stops } = await run('--quiet', '--slow-path', '/slow', ...node);
    expect(output.match(/^passed .*$/gm)).toHaveLength(6);
    expect([code, stops]).toEqual([0, 1]);
  });

  it('lets in by the password alone where the store has log-in by password', async () => {
    const { code, output } = await run('--quiet', '--login', 'password', ...node);
    expect([code, output]).toEqual([0, expect.stringMatching(/^passed {4}database /m)]);
    const without = await run('--quiet', '--login', 'password', ...python);
    expect(without.output).toMatch(/^FAILED {4}database /m);
  });

  it('exits 1 where one does not', async () => {
    const { code, output, stops } = await run('--start-seconds', '1', process.execPath, inFolder('broken.cjs'), 'another port');
    expect([code, stops, output]).toEqual([1, 1, expect.stringMatching(/^FAILED {4}port /m)]);
  });

  it('says how it is called', async () => {
    const { code, output } = await run();
    expect([code, output]).toEqual([1, expect.stringContaining('program')]);
  });
});
