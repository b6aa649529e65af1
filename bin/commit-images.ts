import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { ConfigError } from '../lib/config/config-error';
import { cdkContext, filesOfTheCdk } from './cdk-context';
import { exitCodeOf, newCommand, type Output } from './command';
import { commitImages, registryOf, uriOf, withCommit } from './commit-images/images';
import { terminal } from './terminal';

interface Options {
  readonly store?: string;
  readonly commit: string;
  readonly write: boolean;
}

interface ImagesIo extends Output {
  /** Context of cdk.json. */
  readonly context: () => Readonly<Record<string, unknown>>;
  readonly readSettings: () => string;
  readonly writeSettings: (text: string) => void;
}

/** Lists the images of a commit that the settings name, or writes it into them. @returns the exit code */
export function main(argv: readonly string[], io: ImagesIo): Promise<number> {
  const run = () => {
    const { store, commit, write } = imagesCommand(io).parse(argv, { from: 'user' }).opts<Options>();
    const images = commitImages(io.context(), store);
    for (const image of images)
      io.write(`${[registryOf(image), image.region, image.repository, uriOf(image, commit)].join(' ')}\n`);
    if (write && images.length > 0) io.writeSettings(withCommit(io.readSettings(), images, commit));
    return Promise.resolve(0);
  };
  return exitCodeOf(run, io, ConfigError);
}

function imagesCommand(io: Output): Command {
  return newCommand('npm run images --', io)
    .description(
      'Lists the images in ECR that cdk.json names with the tag "commit", a line each: registry, region, repository, image of the commit.',
    )
    .requiredOption('--commit <sha>', 'the commit in full', commitOption)
    .option('--store <name>', 'only those of this store')
    .option('--write', 'also write the commit as their tag into cdk.json, for one deployment', false);
}

function commitOption(text: string): string {
  if (/^[0-9a-f]{40}$/.test(text)) return text;
  throw new InvalidArgumentError('Allowed are the 40 digits of a commit: git rev-parse HEAD');
}

if (require.main === module) {
  const [settings] = filesOfTheCdk();
  void main(process.argv.slice(2), {
    ...terminal(),
    context: cdkContext,
    readSettings: () => readFileSync(settings, 'utf8'),
    writeSettings: (text) => writeFileSync(settings, text),
  }).then((code) => (process.exitCode = code));
}
