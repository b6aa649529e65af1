import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { devDependencies } from '../../../package.json';
import { entryPoints } from '../../../services/contract';
import { bundleAssessor, bundleServices } from '../../../services/image/bundle';
import { setUp } from '../../support/set-up';
import { type Bundle, createBundle } from '../parts/bundle';

let bundle: Bundle;
setUp(async (started) => {
  bundle = await started.use(createBundle());
});

const services = Object.keys(entryPoints) as (keyof typeof entryPoints)[];
const read = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]);

describe('the bundle', () => {
  it('is the same bytes each time, since its hash decides whether an image is built', () => {
    const again = mkdtempSync(join(tmpdir(), 'store-services-'));
    try {
      bundleServices(again);
      expect(read(again)).toEqual(read(bundle.folder));
    } finally {
      rmSync(again, { recursive: true, force: true });
    }
  });

  it('has no path of the machine that built it', () => {
    for (const [, content] of read(bundle.folder)) expect(content).not.toContain(process.cwd());
  });

  it.each(services)('starts %s with plain node and ends it with one line when variables are missing', async (service) => {
    const run = bundle.start(service, {});
    expect(await run.exit).toBe(1);
    expect(run.output().trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(run.output())).toMatchObject({
      level: 'error',
      problems: expect.arrayContaining(['AWS_REGION is missing']),
    });
  });
});

test.each([
  ['services', bundleServices],
  ['assessor', bundleAssessor],
])('the bundle of the %s can be read by everybody, also where a hardened machine made it', (_, bundleInto) => {
  const folder = mkdtempSync(join(tmpdir(), 'store-umask-'));
  const umask = process.umask(0o077);
  try {
    bundleInto(folder);
  } finally {
    process.umask(umask);
  }
  const made = readdirSync(folder, { recursive: true, withFileTypes: true });
  const modes = made.map((entry) => [entry.isDirectory(), statSync(join(entry.parentPath, entry.name)).mode & 0o777]);
  expect(statSync(folder).mode & 0o777).toBe(0o755);
  expect(modes.length).toBeGreaterThan(0);
  expect(modes).toEqual(modes.map(([isDirectory]) => [isDirectory, isDirectory ? 0o755 : 0o644]));
  rmSync(folder, { recursive: true });
});

describe('the bundle of the assessor', () => {
  let folder: string;
  setUp(async (started) => {
    folder = mkdtempSync(join(tmpdir(), 'store-assessor-'));
    started.defer(() => rmSync(folder, { recursive: true, force: true }));
    bundleAssessor(folder);
  });

  const load = (variables: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, ['-e', "console.log(typeof require('./assessor').handler)"], {
      cwd: folder,
      env: variables,
      encoding: 'utf8',
    });

  it('is one file that has the handler, by plain node', () => {
    expect(readdirSync(folder)).toEqual(['assessor.js']);
    expect(load({ STORE_NAME: 'shop', AWS_REGION: 'eu-west-1', BUDGET_USD: '500' }).stdout.trim()).toBe('function');
  });

  it('says what is missing of its environment', () => {
    const { status, stderr } = load({ AWS_REGION: 'eu-west-1' });
    expect(status).toBe(1);
    expect(stderr).toContain('STORE_NAME is missing');
  });
});

const instructions = () =>
  readFileSync(join(bundle.folder, 'Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line));

describe('the Dockerfile', () => {
  it('has the version of Node.js that the project is tested with', () => {
    expect(instructions()[0]).toBe(`FROM public.ecr.aws/docker/library/node:${devDependencies.node}-slim`);
  });

  it('runs nothing while building, so that an ARM image builds on any machine', () => {
    expect(new Set(instructions().map((line) => line.split(' ')[0]))).toEqual(
      new Set(['FROM', 'ENV', 'WORKDIR', 'COPY', 'USER', 'CMD']),
    );
  });

  it('copies all that the bundle writes, and each folder under its own name', () => {
    const copies = instructions()
      .filter((line) => line.startsWith('COPY'))
      .map((line) =>
        line
          .split(' ')
          .slice(1)
          .filter((word) => word !== '--chmod=755'),
      );
    const written = readdirSync(bundle.folder).filter((name) => name !== 'Dockerfile');
    expect(copies.flatMap((copy) => copy.slice(0, -1)).toSorted()).toEqual(written.toSorted());
    for (const { name } of readdirSync(bundle.folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      expect(copies).toContainEqual([name, `./${name}`]); // what is copied of a folder is its content
    }
  });

  it('copies everything readable for its user', () => {
    const copies = instructions().filter((line) => line.startsWith('COPY'));
    expect(copies.filter((line) => !line.startsWith('COPY --chmod=755 '))).toEqual([]);
  });

  it('starts as a numbered user that is not root', () => {
    expect(instructions()).toContainEqual(expect.stringMatching(/^USER [1-9]\d*$/));
  });
});
