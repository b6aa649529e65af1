import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { tierNames } from '../../lib/tiers/tier';
import { storeConfig } from '../support/stores';

const folder = join(__dirname, '../../examples');
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** Each folder with a package of its own. */
const examples = globSync('*/package.json', { cwd: folder })
  .map((file) => file.split('/')[0] ?? '')
  .toSorted();

const versions = z.record(z.string(), z.string());
const packageSchema = z.object({ license: z.string(), dependencies: versions, devDependencies: versions });
const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

const program = z.looseObject({ image: z.string(), command: z.array(z.string()).min(1) });
const checkSchema = z.strictObject({
  store: z.looseObject({
    app: z.looseObject({ api: program, worker: program, migrations: program }),
  }),
  folder: z.string().exactOptional(),
  probe: z.strictObject({
    slow: z.string().startsWith('/'),
    steps: z.array(z.looseObject({ request: z.looseObject({}) })).min(2),
  }),
});

/** CC-BY-4.0 is that of a table of browsers, which no image has. */
const permissive = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC-BY-4.0', 'ISC', 'MIT']);

const packageOf = (example: string) => packageSchema.parse(JSON.parse(textOf(`${example}/package.json`)));
const lockOf = (example: string) => Object.entries(lockSchema.parse(JSON.parse(textOf(`${example}/package-lock.json`))).packages);
const storeOf = (example: string) => checkSchema.parse(JSON.parse(textOf(`${example}/check.json`))).store;

test('CI checks every example', () => {
  const [, names = ''] = /set -- (.*)/.exec(readFileSync(join(__dirname, '../../.ci/examples'), 'utf8')) ?? [];
  expect(names.split(' ').toSorted()).toEqual(examples);
  expect(examples.length).toBeGreaterThan(0);
});

describe.each(examples)('%s', (example) => {
  it('pins its packages, and its lock file has them from the public registry', () => {
    const { dependencies, devDependencies } = packageOf(example);
    const wanted = { ...dependencies, ...devDependencies };
    const packages = new Map(lockOf(example));
    const locked = Object.keys(wanted).map((name) => [name, packages.get(`node_modules/${name}`)?.version]);
    expect(Object.fromEntries(locked)).toEqual(wanted);
    const others = [...packages.values()].filter(({ resolved }) => resolved?.startsWith('https://registry.npmjs.org/') === false);
    expect(others).toEqual([]);
    const unchecked = [...packages].filter(([path, { integrity }]) => path !== '' && integrity === undefined);
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });

  it('has permissive licences in its image, and for its tools', () => {
    const { license, dependencies, devDependencies } = packageOf(example);
    const direct = new Set(Object.keys({ ...dependencies, ...devDependencies }).map((name) => `node_modules/${name}`));
    const found = lockOf(example).filter(
      ([path, { dev, devOptional, optional }]) => direct.has(path) || (path !== '' && !dev && !devOptional && !optional),
    );
    const refused = found.filter((entry) => !permissive.has(entry[1].license ?? ''));
    expect(refused.map(([path]) => path)).toEqual([]);
    expect(found.length).toBeGreaterThanOrEqual(direct.size);
    expect(license).toBe('Apache-2.0');
  });

  it('has settings that each size takes, the same in its README', () => {
    const store = storeOf(example);
    for (const tier of tierNames) expect(storeConfig(tier, store).app.api).toBeDefined();
    const readme = textOf(`${example}/README.md`);
    const blocks = [...readme.matchAll(/^```json\n(.*?)^```$/gms)].map(([, block = '']) => JSON.parse(block) as unknown);
    expect(blocks).toEqual([store]);
    expect(readme.split('\n').length).toBeLessThanOrEqual(60);
    expect(readme).toContain(`npm run check:app -- examples/${example}/check.json`);
  });

  it('has one image for its programs, which is not root and knows the roots of RDS', () => {
    const { app } = storeOf(example);
    const own = [app.api, app.worker, app.migrations];
    expect(new Set(own.map(({ image }) => image)).size).toBe(1);
    const dockerfile = textOf(`${example}/Dockerfile`);
    expect(dockerfile).toContain(`CMD ${JSON.stringify(app.api.command).replaceAll(',', ', ')}`);
    expect(dockerfile).toMatch(/^USER 1000$/m);
    expect(dockerfile).toMatch(
      /^ADD .*https:\/\/truststore\.pki\.rds\.amazonaws\.com\/global\/global-bundle\.pem (\S+)\nENV .*NODE_EXTRA_CA_CERTS=\1$/m,
    );
  });
});
