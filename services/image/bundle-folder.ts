import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** Everything that a bundle can contain. More than either has does no harm: what is deployed goes by the bundle's own content. */
const sources = [
  'services/**/*.{ts,sql,md}',
  'alarms/**/*.ts',
  'lib/{facts,tiers,config}/**/*.{ts,json}',
  'services/image/Dockerfile',
  'package-lock.json',
];

/** Folder with the bundle of the services' image or of the assessor; made once for each content: synthesis, tests and the local store use it again. */
export function bundleFolder(bundle: 'services' | 'assessor'): string {
  const folder = join(root, '.build', bundle, contentHash());
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    // Loaded when needed: esbuild costs every other synthesis for nothing.
    const { bundleAssessor, bundleServices } = require('./bundle') as typeof import('./bundle');
    if (bundle === 'services') bundleServices(unfinished);
    else bundleAssessor(unfinished);
    if (existsSync(folder)) rmSync(unfinished, { recursive: true });
    else renameSync(unfinished, folder);
  }
  return folder;
}

let hashOfThisProcess: string | undefined;

function contentHash(): string {
  hashOfThisProcess ??= hashOf(globSync(sources, { cwd: root }).toSorted());
  return hashOfThisProcess;
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}
