import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setUp } from '../support/set-up';
import { type Given, runStep } from './run-step';

let folder: string;
setUp((started) => {
  folder = mkdtempSync(join(tmpdir(), 'step-'));
  started.defer(() => rmSync(folder, { recursive: true }));
  return Promise.resolve();
});

/** Each in a folder of its own. */
let count = 0;
function run(workflow: string, step: string, given: Given & { readonly files?: readonly string[] }) {
  count += 1;
  const own = join(folder, String(count));
  mkdirSync(own);
  for (const file of given.files ?? []) writeFileSync(join(own, file), '');
  return { ...runStep(own, [workflow, step], given), own };
}

const sha = '0123456789abcdef0123456789abcdef01234567';

describe('building the images of a commit', () => {
  const registry = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
  const line = (repository: string) => `${registry} eu-west-1 ${repository} ${registry}/${repository}:${sha}`;
  const build = (there: 0 | 1, env: Readonly<Record<string, string>> = {}, lines = [line('team/shop')]) =>
    run('deploy.yml', 'Build the images of this commit that are not there yet', {
      env: { BUILD: 'true', APP_FOLDER: '.', GITHUB_SHA: sha, STORE: 'acme', ...env },
      files: ['Dockerfile', 'site.Dockerfile'],
      programs: {
        npm: lines.map((text) => `echo ${text}`).join('\n'),
        aws: `if [ "$2" = get-login-password ]; then echo password; else echo ${there}; fi`,
        docker: 'if [ "$1" = login ]; then cat > password; fi',
      },
    });

  it('builds for ARM64 and pushes', () => {
    const { code, calls, own } = build(0);

    expect(code).toBe(0);
    expect(calls).toEqual(
      [
        `npm run --silent images -- --store acme --commit ${sha}`,
        `aws ecr batch-get-image --region eu-west-1 --registry-id 111122223333 --repository-name team/shop --image-ids imageTag=${sha} --query length(images) --output text`,
        'aws ecr get-login-password --region eu-west-1',
        `docker login --username AWS --password-stdin ${registry}`,
        `docker buildx build --platform linux/arm64 --push --file ./Dockerfile --tag ${registry}/team/shop:${sha} .`,
        `npm run --silent images -- --store acme --commit ${sha} --write`,
      ].toSorted(byStart(calls)),
    );
    expect(readFileSync(join(own, 'password'), 'utf8')).toBe('password\n');
  });

  it('takes the Dockerfile of the repository’s name, of each', () => {
    const { calls } = build(0, {}, [line('team/shop'), line('team/site')]);

    expect(calls.filter((call) => call.includes('--push')).map((call) => /--file (\S+)/.exec(call)?.[1])).toEqual([
      './Dockerfile',
      './site.Dockerfile',
    ]);
  });

  it('builds nothing that is there', () => {
    const { code, calls } = build(1);

    expect(code).toBe(0);
    expect(calls.filter((call) => call.startsWith('docker'))).toEqual([]);
  });

  it('stops where it is not there and is not to be built', () => {
    const { code, error, calls } = build(0, { BUILD: 'false' });

    expect(code).toBe(1);
    expect(error).toContain(`${registry}/team/shop:${sha} is not there, and nothing is to be built`);
    expect(calls.at(-1)).toMatch(/^aws ecr batch-get-image/);
  });

  it('does nothing where the settings name none', () => {
    const { code, calls } = build(0, { STORE: '' }, []);

    expect(code).toBe(0);
    expect(calls).toEqual([`npm run --silent images -- --commit ${sha}`, `npm run --silent images -- --commit ${sha} --write`]);
  });
});

/** Both ends of a pipe begin at once. */
const byStart = (calls: readonly string[]) => (one: string, other: string) => calls.indexOf(one) - calls.indexOf(other);

describe('deploying', () => {
  const npm = { npm: '' };

  it('names store and size where they are given', () => {
    const step = 'Review, and deploy what interrupts nothing';
    expect(run('deploy.yml', step, { programs: npm, env: { STORE: 'acme', TIER: 'medium' } }).calls).toEqual([
      'npm run --silent deploy:github -- --store acme --tier medium',
    ]);
    expect(run('deploy.yml', step, { programs: npm, env: { STORE: '', TIER: '' } }).calls).toEqual([
      'npm run --silent deploy:github --',
    ]);
  });

  it('after an approval deploys that change, with the images of the commit', () => {
    const env = { STORE: 'acme', TIER: '', APPROVED: 'abc', GITHUB_SHA: sha };
    expect(run('deploy.yml', 'Deploy what was approved', { programs: npm, env }).calls).toEqual([
      `npm run --silent images -- --store acme --commit ${sha} --write`,
      'npm run --silent deploy:github -- --store acme --approved abc',
    ]);
  });

  it.each([
    ['1', 0],
    ['12', 0],
    ['0', 1],
    ['{"message":"Not Found"}', 1],
  ])('of an environment whose number of rules is %s, ends with %i', (answer, expected) => {
    const { code, summary } = run('deploy.yml', 'Make sure that the environment asks somebody', {
      env: { ENVIRONMENT: 'production' },
      programs: { gh: `echo '${answer}'; ${answer.startsWith('{') ? 'exit 1' : ''}` },
    });

    expect(code).toBe(expected);
    expect(summary).toBe(
      expected === 0
        ? ''
        : 'The environment production has no required reviewers, or does not say so: nobody would be asked. Nothing was deployed.\n',
    );
  });
});

describe('the comment on a pull request', () => {
  it('goes to the summary and to the next job', () => {
    const { code, calls, summary, output } = run('pull-request.yml', 'Compare', {
      programs: { npm: 'printf "a\\nb\\n"', openssl: 'echo 0f0f' },
    });

    expect({ code, summary, output }).toEqual({ code: 0, summary: 'a\nb\n', output: 'comment<<0f0f\na\nb\n0f0f\n' });
    expect(calls[0]).toBe('npm run --silent compare -- --base ../base');
  });

  it('is not written where the comparison failed', () => {
    expect(run('pull-request.yml', 'Compare', { programs: { npm: 'exit 1', openssl: '' } })).toMatchObject({
      code: 1,
      output: '',
    });
  });

  it.each([
    ['', '--method POST repos/octo-org/shop/issues/7/comments'],
    ['echo 41; echo 42', '--method PATCH repos/octo-org/shop/issues/comments/41'],
  ])('is written once, and then anew: %s', (found, expected) => {
    const { code, calls, own } = run('pull-request.yml', 'Write the comment, or the same one anew', {
      env: { COMMENT: 'a\n`$(b)`', NUMBER: '7' },
      programs: { gh: `if [ "$2" = --paginate ]; then ${found || ':'}; fi` },
    });

    expect(code).toBe(0);
    expect(calls[1]).toBe(`gh api ${expected} --silent --field body=@${own}/comment.md`);
    expect(readFileSync(join(own, 'comment.md'), 'utf8')).toBe('a\n`$(b)`\n');
  });
});
