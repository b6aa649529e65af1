import { chmodSync, cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { codecsFolder, entryPoints, picturesProgram, swaggerUiFiles, swaggerUiFolder } from '../contract';

const services = resolve(__dirname, '..');

/**
 * Writes everything that the image is made of into `outDir`: a file for each entry point of the contract, the SQL
 * folder and the Dockerfile. Same source, same bytes: the folder's hash decides whether a new image is built.
 */
export function bundleServices(outDir: string): void {
  build(
    outDir,
    Object.entries({ ...entryPoints, pictures: picturesProgram }).map(([service, file]) => ({
      in: join(services, service, 'main.ts'),
      out: file.replace(/\.js$/, ''),
    })),
  );
  cpSync(join(services, 'migrations', 'sql'), join(outDir, 'sql'), { recursive: true });
  for (const file of swaggerUiFiles) {
    cpSync(require.resolve(`swagger-ui-dist/${file}`), join(outDir, swaggerUiFolder, file));
  }
  cpSync(join(services, 'pictures', 'NOTICES.md'), join(outDir, codecsFolder, 'NOTICES.md')); // the licences go where the code goes
  cpSync(join(__dirname, 'Dockerfile'), join(outDir, 'Dockerfile'));
  makeReadable(outDir);
}

/** Writes the assessor's function, `assessor.handler`, into `outDir`. */
export function bundleAssessor(outDir: string): void {
  build(outDir, [{ in: join(services, 'assessor', 'main.ts'), out: 'assessor' }]);
  makeReadable(outDir);
}

function build(outDir: string, files: { in: string; out: string }[]): void {
  mkdirSync(outDir, { recursive: true });
  buildSync({
    absWorkingDir: join(services, '..'), // paths in comments do not depend on where the process was started
    entryPoints: files,
    outdir: outDir,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'], // ES modules, where there are any: what is not used falls away
    loader: { '.wasm': 'file' }, // codecs of pictures
    assetNames: `${codecsFolder}/[name]`,
    external: ['pg-native'], // pg asks for it only where somebody installed it
    legalComments: 'eof', // the licences go where the code goes
    charset: 'utf8',
    logLevel: 'error',
  });
}

/** For whoever runs it, whatever the umask here: in the container and in Lambda that is another user. The CDK's hash ignores modes. */
function makeReadable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}
