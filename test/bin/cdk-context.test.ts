import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdkContext, filesOfTheCdk, refuseStackTags } from '../../bin/cdk-context';
import { setUp } from '../support/set-up';

describe('tags of the stack in a file of the CDK', () => {
  let folder: string;
  setUp(async (started) => {
    folder = mkdtempSync(join(tmpdir(), 'cdk-files-'));
    started.defer(() => rmSync(folder, { recursive: true }));
  });
  const file = (name: string, content: object): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };

  it('are refused in the project’s and in the user’s, with what to write instead', () => {
    const tags = [{ Key: 'commit', Value: 'abc123' }];
    const files = [file('cdk.json', { context: {}, tags }), file('home.json', { tags })] as const;
    expect(() => cdkContext(files)).toThrow(
      expect.objectContaining({
        problems: files.map((path) => ({
          rule: 'context',
          path: 'tags',
          got: `is in ${path}`,
          allowed: expect.stringContaining('a VPC origin in use refuses new ones') as string,
          fix: ['leave it out, and write "tags": { "team": "shop" } beside the store’s "region"'],
        })),
      }),
    );
  });

  it('are not looked for in a file that is not there', () => {
    const context = { tier: 'small' };
    expect(cdkContext([file('plain.json', { context }), join(folder, 'none.json')])).toEqual(context);
  });

  it('are looked for in the two files that the CDK merges', () => {
    expect(filesOfTheCdk().map((path) => path.split('/').at(-1))).toEqual(['cdk.json', '.cdk.json']);
    expect(() => refuseStackTags([filesOfTheCdk()[0]])).not.toThrow();
  });
});

test('a file that is no JSON is one line that names it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-files-'));
  const path = join(folder, 'cdk.json');
  writeFileSync(path, '{ "context": { "tier": small } }');
  try {
    expect(() => cdkContext([path])).toThrow(
      /^No store can be deployed: 1 problem\n[^]*cdk\.json\n? +cannot be read: .*; JSON is allowed$/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
