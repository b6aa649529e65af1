import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '../../../bin/local/lock';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock of the local store', () => {
  it('is refused to a second one, with the process that has it', () => {
    lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(`(process ${process.pid})`);
  });

  it.each([
    ['a process that is gone', '99999999'],
    ['nobody that can be told', 'half a wri'],
  ])('is taken over from %s', (_, holder) => {
    writeFileSync(join(folder, 'lock'), holder);
    lockFolder(folder);
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(String(process.pid));
  });
});
