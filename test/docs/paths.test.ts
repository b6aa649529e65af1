import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { documents, root, textOf } from './commands-in-documents';

/** Folders of the repository; `review/` is what a command writes. */
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['node_modules', 'cdk.out', 'review', '.git'].includes(entry.name))
  .map(({ name }) => name);

/** Names of all files below these folders, for a document that names a file without its folder. */
const fileNames = new Set(
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => posix.basename(file)),
  ),
);

/** Inline code that is a path of the repository: it begins with a folder, or is the name of a source file. */
function pathsIn(markdown: string): readonly string[] {
  const code = [...markdown.replaceAll(/^( *)```.*?^\1```$/gms, '').matchAll(/`([\w./*-]+)`/g)].map(([, text = '']) => text);
  return code.filter((text) => folders.includes(text.split('/')[0] ?? '') || /^[\w-]+\.(ts|cjs|mts|mjs|py)$/.test(text));
}

function exists(path: string): boolean {
  if (!path.includes('/')) return fileNames.has(path) || existsSync(join(root, path));
  return existsSync(join(root, path.includes('*') ? dirname(path) : path));
}

/** Targets of links, without those of other sites. */
const linksIn = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target).filter((target) => !/^https?:/.test(target));

/** The anchor that GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

function leadsSomewhere(target: string, document: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? document : posix.join(posix.dirname(document), path);
  if (!existsSync(join(root, file))) return false;
  return (
    anchor === undefined || [...textOf(file).matchAll(/^#+ (.+)$/gm)].some(([, heading = '']) => anchorOf(heading) === anchor)
  );
}

test('the documents name paths and have links', () => {
  expect(documents.flatMap((document) => pathsIn(textOf(document))).length).toBeGreaterThan(150);
  expect(documents.flatMap((document) => linksIn(textOf(document))).length).toBeGreaterThan(100);
});

describe.each(documents)('%s', (document) => {
  test('names only paths that exist', () => {
    expect(pathsIn(textOf(document)).filter((path) => !exists(path))).toEqual([]);
  });

  test('has only links that lead somewhere', () => {
    expect(linksIn(textOf(document)).filter((target) => !leadsSomewhere(target, document))).toEqual([]);
  });
});
