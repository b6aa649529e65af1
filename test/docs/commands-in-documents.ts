import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '../..');

const filesBelow = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file}`);

/** Every Markdown document of the project. */
export const documents: readonly string[] = ['README.md', 'CONTRIBUTING.md', ...filesBelow('docs', '.md')];

/** The sources of the commands: their `--help` texts and errors print commands, too. */
const sources = [...filesBelow('bin', '.ts'), 'bench/main.ts'];

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** What a command line begins with, with any variables before it. */
const program = /^(?:[A-Z_]+=\S+ )*(?:npm|npx|node|aws|docker|\.ci\/run|git|python3?)(?= [a-z]|$)/;

/** Each command that a document or a `--help` text prints, with the files that do. */
export function printedCommands(): ReadonlyMap<string, readonly string[]> {
  const found = [
    ...documents.flatMap((file) => commandsIn(textOf(file)).map((command) => ({ command, file }))),
    ...sources.flatMap((file) => commandsInSource(textOf(file)).map((command) => ({ command, file }))),
  ];
  return new Map(
    [...Map.groupBy(found, ({ command }) => command)].map(([command, places]) => [command, places.map(({ file }) => file)]),
  );
}

const fence = /^( *)```(\w*)\n(.*?)^\1```$/gms;

/** Fenced blocks of the shell's. */
export function shellBlocks(markdown: string): readonly string[] {
  return [...markdown.matchAll(fence)].flatMap(([, , language, block = '']) =>
    language === 'sh' || language === '' ? [block] : [],
  );
}

/** Commands of fenced blocks and of inline code, as somebody would paste them. */
export function commandsIn(markdown: string): readonly string[] {
  const inline = [...markdown.replaceAll(fence, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replaceAll(/\s+/g, ' '));
  return [
    ...shellBlocks(markdown).flatMap((block) => lines(block.replaceAll(/\\\n\s*/g, '')).map(withoutComment)),
    ...inline.filter((code) => code.includes(' ')),
  ].flatMap(eachOf);
}

/** Lines of texts in a program that begin with a command; what stands behind two spaces describes it. */
function commandsInSource(source: string): readonly string[] {
  const texts = [...source.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)].map(
    ([, plain, template]) => plain ?? template ?? '',
  );
  return texts
    .flatMap((text) => lines(text.replaceAll('\\n', '\n')).map((line) => line.replace(/\s{2,}.*$/, '')))
    .flatMap(eachOf)
    .filter((command) => command.includes(' ') && !command.endsWith(' --') && !command.includes('$')); // a program, a usage, a pattern
}

const lines = (text: string): readonly string[] => text.split('\n').map((line) => line.trim());
const withoutComment = (line: string): string => line.replace(/\s{2,}#.*$/, '');

/** `npm ci && npm start` are two. */
const eachOf = (line: string): readonly string[] => line.split(' && ').filter((command) => program.test(command));
