import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { githubFacts } from '../../lib/facts/github';
import { commentMarker } from '../../lib/review/output/markdown/comparison';
import { root, scriptOf, stepsOf, workflowNames, workflowOf, workflowText } from './workflow-files';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** What each job may do with the token of GitHub; nothing else. */
const permissions: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  'ci.yml': { check: { contents: 'read' } },
  'deploy.yml': {
    deploy: { actions: 'read', contents: 'read', 'id-token': 'write' },
    approved: { contents: 'read', 'id-token': 'write' },
  },
  'prices.yml': { refresh: { contents: 'write', 'pull-requests': 'write', 'id-token': 'write' } },
  'pull-request.yml': { compare: { contents: 'read' }, comment: { 'pull-requests': 'write' } },
};

/** Each `npm run NAME -- OPTIONS` of a text. */
const commandsIn = (text: string) =>
  [...text.matchAll(/npm (?:run (?:--silent )?([\w:]+)|(start|test))(?: --silent)?(?: -- ([^\n|>]*))?/g)].map(
    ([, named, other, given = '']) => ({ name: named ?? other ?? '', options: given.match(/--[a-z-]+/g) ?? [] }),
  );

/** The sources of a script's command, where its options stand. */
function sourcesOf(name: string): string {
  const [, file = ''] = /bin\/([\w-]+)\.ts/.exec(scripts[name] ?? '') ?? [];
  return globSync([`bin/${file}.ts`, `bin/${file}/*.ts`], { cwd: root })
    .map((source) => readFileSync(join(root, source), 'utf8'))
    .join('\n');
}

test('there are the workflows that are looked at here', () => {
  expect([...workflowNames].toSorted()).toEqual(Object.keys(permissions));
});

describe.each(workflowNames)('%s', (name) => {
  const workflow = workflowOf(name);
  const text = workflowText(name);
  const steps = stepsOf(workflow);

  test('gives each job the rights that it needs', () => {
    const given = Object.entries(workflow.jobs).map(([job, own]) => [job, own.permissions ?? workflow.permissions]);
    expect(Object.fromEntries(given)).toEqual(permissions[name]);
  });

  test('pins each action to a commit, and says which release that is', () => {
    const uses = steps.flatMap((step) => step.uses ?? []);
    const lines = text.split('\n').filter((line) => line.includes('uses:'));
    expect(lines).toHaveLength(uses.length);
    expect(lines.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test('names scripts and options that exist', () => {
    const commands = steps.flatMap(({ run = '' }) => commandsIn(run));
    expect(commands.filter(({ name: script }) => scripts[script] === undefined)).toEqual([]);
    const unknown = commands.flatMap(({ name: script, options }) => {
      const sources = options.length > 0 ? sourcesOf(script) : '';
      return options.filter((option) => !new RegExp(`'${option}[ ']`).test(sources)).map((option) => `${script} ${option}`);
    });
    expect(unknown).toEqual([]);
  });

  test('names files that exist', () => {
    const files = [...text.matchAll(/(?:bash |\b)((?:\.ci|lib|docs|bin)\/[\w./-]+)/g)].map(([, file = '']) =>
      file.replace(/\.$/, ''),
    );
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  test('has no secret, and puts nothing of an event into a script', () => {
    expect(text).not.toContain('secrets.');
    expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });

  test('never runs code of a pull request with the rights of the repository', () => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    expect(Object.keys(workflow.on)).not.toContain('workflow_run');
  });

  test('ends each job after a while', () => {
    expect(Object.entries(workflow.jobs).filter(([, job]) => job['timeout-minutes'] === undefined)).toEqual([]);
  });
});

describe('the deployment', () => {
  const { jobs, concurrency } = workflowOf('deploy.yml');

  test('runs alone and is never cut off', () => {
    expect(concurrency).toEqual({ group: 'deploy', 'cancel-in-progress': false });
    const minutes = Object.values(jobs).map((job) => job['timeout-minutes']);
    expect(minutes).toEqual([githubFacts.jobHours.most * 60, githubFacts.jobHours.most * 60]);
  });

  test('has credentials as long as its job may last, from a role alone', () => {
    const logins = stepsOf(workflowOf('deploy.yml')).flatMap((step) => (step.uses?.includes('credentials') ? [step.with] : []));
    expect(logins).toHaveLength(2);
    expect(new Set(logins.map((login) => JSON.stringify(login)))).toEqual(
      new Set([
        JSON.stringify({
          'role-to-assume': '${{ vars.DEPLOY_ROLE_ARN }}',
          'role-duration-seconds': githubFacts.jobHours.most * 3_600,
          'aws-region': "${{ vars.DEPLOY_REGION || 'us-east-1' }}",
        }),
      ]),
    );
  });

  test('is skipped without a role, and on a push unless a variable says so', () => {
    expect(jobs['deploy']?.if).toBe(
      "vars.DEPLOY_ROLE_ARN != '' && (github.event_name == 'workflow_dispatch' || vars.DEPLOY_ON_PUSH == 'true')",
    );
  });

  test('asks the environment only where an approval is needed', () => {
    expect(jobs['deploy']?.environment).toBeUndefined();
    expect(jobs['approved']).toMatchObject({
      if: "needs.deploy.outputs.approval != ''",
      environment: "${{ vars.DEPLOY_ENVIRONMENT || 'production' }}",
    });
  });
});

describe('the comment on pull requests', () => {
  const { jobs } = workflowOf('pull-request.yml');

  test('is written by a job that has no code of the pull request', () => {
    expect(jobs['comment']?.steps.filter(({ uses }) => uses !== undefined)).toEqual([]);
    expect(jobs['comment']?.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
  });

  test('is found again by its first line', () => {
    expect(scriptOf('pull-request.yml', 'Write the comment, or the same one anew')).toContain(`startswith("${commentMarker}")`);
  });

  test('leaves no token beside the code', () => {
    const checkouts = stepsOf(workflowOf('pull-request.yml')).filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
    expect(checkouts.map((step) => step.with?.['persist-credentials'])).toEqual([false]);
  });
});
