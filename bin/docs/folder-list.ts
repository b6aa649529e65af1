import { createRequire } from 'node:module';

interface Folder {
  readonly folder: string;
  readonly holds: string;
  readonly mayImport: readonly string[];
}

/** The table that `npm run lint` holds. */
export function projectFolders(): readonly Folder[] {
  return (createRequire(__filename)('../../.ci/folders.cjs') as { readonly folders: readonly Folder[] }).folders;
}

/** The folders of the project with what they hold and may import: a list, since the cells of a table would be too long to read. */
export function folderList(folders: readonly Folder[]): string {
  return folders.map(({ folder, holds, mayImport }) => `- **\`${folder}\`**: ${holds}. ${imports(mayImport)}`).join('\n');
}

function imports(paths: readonly string[]): string {
  return paths.length === 0 ? 'Imports nothing.' : `Imports ${paths.map((path) => `\`${path}\``).join(', ')}.`;
}
