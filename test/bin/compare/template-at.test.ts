import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templateAt } from '../../../bin/compare/template-at';

/** An app that makes a bucket of a name, and shows what it was asked for. */
const appOf = (name: string): string => `
const { CDK_OUTDIR, CDK_CONTEXT_JSON } = process.env;
const { tier, store, stores } = JSON.parse(CDK_CONTEXT_JSON);
const template = { Metadata: { tier, store, stores }, Resources: { ${name}: { Type: 'AWS::S3::Bucket' } } };
require('node:fs').writeFileSync(CDK_OUTDIR + '/Store.template.json', JSON.stringify(template));
`;

let project = '';
const git = (...argv: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...argv], { cwd: project, encoding: 'utf8' });
const write = (file: string, text: string): void => writeFileSync(join(project, file), text);

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'project-'));
  git('init', '--quiet');
  mkdirSync(join(project, 'node_modules'));
  write('.gitignore', 'node_modules');
  write('package-lock.json', '{}');
  write(
    'cdk.json',
    JSON.stringify({ app: 'node app.js', context: { stores: { shop: { region: 'eu-west-1', tier: 'small' } } } }),
  );
  write('app.js', appOf('Old'));
  git('add', '.');
  git('commit', '--quiet', '-m', 'old');
  git('tag', 'old');
  write('app.js', appOf('New'));
  git('commit', '--quiet', '-am', 'new');
  write('package-lock.json', '{ "other": true }');
  git('commit', '--quiet', '-am', 'other packages');
  git('tag', 'other-packages');
  write('package-lock.json', '{}');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const leftOver = (): string[] => readdirSync(join(project, '.git')).filter((name) => name === 'worktrees');

test('a commit makes the template by its own code, of a size and of a store in another size than it pins', () => {
  const size = templateAt('old', { tier: 'medium', store: undefined }, project);
  expect(size).toMatchObject({ template: { Resources: { Old: {} }, Metadata: { tier: 'medium' } } });
  const shop = templateAt('old', { tier: 'large', store: 'shop' }, project);
  expect(shop).toMatchObject({
    template: { Metadata: { tier: 'large', store: 'shop', stores: { shop: { region: 'eu-west-1', tier: 'large' } } } },
  });
  expect(leftOver()).toEqual([]);
});

test.each([
  ['no-such-commit', /^fatal: .*no-such-commit/],
  ['other-packages', /^its packages are others; .* npm run compare -- --base FOLDER$/],
])('%s is a problem in a line, and nothing is left', (commit, problem) => {
  expect(templateAt(commit, { tier: 'small', store: undefined }, project)).toEqual({ problem: expect.stringMatching(problem) });
  expect(leftOver()).toEqual([]);
});
