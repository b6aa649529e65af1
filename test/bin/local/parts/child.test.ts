import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = join(__dirname, '../../../..');

/** A process that starts a child, tells its id and stays. */
function parent(temporaryFolder: string): ChildProcess {
  const code = `
    const { startChild } = require('./bin/local/parts/child');
    const child = startChild(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { temporaryFolder: ${JSON.stringify(temporaryFolder)} });
    console.log(child.pid);
    setInterval(() => 0, 1000);`;
  return spawn(process.execPath, ['-r', './register.cjs', '-e', code], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a child', () => {
  it('ends with the process that started it, even where that is killed, and its temporary folder goes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'store-child-'));
    const starter = parent(folder);
    if (starter.stdout === null) throw new Error('There is no output');
    const [pid] = (await once(starter.stdout, 'data')) as [Buffer];
    expect(runs(Number(pid))).toBe(true);
    starter.kill('SIGKILL');
    while (runs(Number(pid)) || existsSync(folder)) await pause(5);
    expect(runs(Number(pid))).toBe(false);
  });
});
