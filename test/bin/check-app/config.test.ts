import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../bin/check-app/config';
import { LocalError } from '../../../bin/local/local-error';

const folder = mkdtempSync(join(tmpdir(), 'check-app-config-'));
const file = join(folder, 'check.json');
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(config: unknown): string {
  writeFileSync(file, JSON.stringify(config));
  try {
    readConfig(file);
  } catch (error) {
    if (error instanceof LocalError) return error.message;
    throw error;
  }
  return '';
}

describe('the file of an app that is checked', () => {
  it('has defaults, and its folder beside it', () => {
    writeFileSync(file, JSON.stringify({ store: {}, folder: 'app', probe: { steps: [{ request: { path: '/' } }] } }));
    const { folder: of, commands, probe } = readConfig(file);
    expect([of, commands]).toEqual([join(folder, 'app'), {}]);
    expect(probe.steps).toEqual([{ request: { method: 'GET', path: '/', headers: {} }, keep: {} }]);
  });

  it('is refused with every problem at once: where, what stands there, what is allowed', () => {
    const steps = [{ request: { path: 'orders', method: 'LOOK' }, expect: { status: '200' }, keep: { id: 'id' } }];
    const problems = problemsOf({ folder: 5, commands: { ap: ['x'], api: [] }, probe: { steps, slw: '/slow' } });
    expect(problems.split('\n').slice(1).toSorted()).toEqual([
      '  commands.ap is not known; leave it out',
      '  commands.api is []; a word is needed',
      '  folder is 5; a folder is allowed, relative to this file',
      '  probe.slw is not known; leave it out',
      '  probe.steps[0].expect.status is "200"; a status such as 200 is allowed',
      '  probe.steps[0].keep.id is "id"; a JSON pointer such as /id is allowed',
      '  probe.steps[0].request.method is "LOOK"; one of GET, POST, PUT, PATCH, DELETE is allowed',
      '  probe.steps[0].request.path is "orders"; a path that starts with / is allowed',
      '  store is missing; the settings of a store are allowed, as in cdk.json',
    ]);
  });
});
