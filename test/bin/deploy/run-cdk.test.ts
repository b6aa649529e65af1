import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCdk } from '../../../bin/deploy/run-cdk';

const folder = mkdtempSync(join(tmpdir(), 'cdk-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A program in the CDK's place. */
function program(code: string): string {
  const file = join(folder, 'program.cjs');
  writeFileSync(file, code);
  return file;
}

const environment = { PATH: process.env['PATH'] ?? '', WORD: 'of the caller' };

describe('running the CDK', () => {
  it('gives it the words as they are, through no shell', async () => {
    const text = ['deploy', '--context', 'tier=medium', '$HOME; *', ''];
    const same = program(
      `process.exit(JSON.stringify(process.argv.slice(2)) === ${JSON.stringify(JSON.stringify(text))} ? 0 : 1)`,
    );

    expect(await runCdk(text, { environment, program: same })).toBe(0);
  });

  it('gives it the environment of the caller, and no more', async () => {
    const code = `process.exit(process.env.WORD === 'of the caller' && process.env.CDK_VALIDATION === undefined ? 0 : 1)`;

    expect(process.env['CDK_VALIDATION']).toBe('false');
    expect(await runCdk([], { environment, program: program(code) })).toBe(0);
  });

  it.each([0, 1, 130])('exits as it does: %i', async (code) => {
    expect(await runCdk([], { environment, program: program(`process.exit(${code})`) })).toBe(code);
  });

  it('exits with 128 and the number of the signal that ended it', async () => {
    expect(await runCdk([], { environment, program: program(`process.kill(process.pid, 'SIGKILL')`) })).toBe(137);
  });

  it('stays until it has ended, and hands on the signal that shall end it', () => {
    const patient = program(
      `process.on('SIGTERM', () => process.exit(7)); process.kill(process.ppid, 'SIGTERM'); setInterval(() => {}, 1000)`,
    );
    const code = `require('./bin/deploy/run-cdk').runCdk([], { environment: process.env, program: ${JSON.stringify(patient)} }).then((code) => process.exit(code))`;
    const { status } = spawnSync(process.execPath, ['-r', './register.cjs', '-e', code], {
      cwd: join(__dirname, '../../..'),
      timeout: 20_000,
    });

    expect(status).toBe(7);
  });

  it('is the project’s own', () => {
    expect(require.resolve('aws-cdk/bin/cdk')).toContain(join('node_modules', 'aws-cdk'));
  });
});
