import type { Options } from 'prettier';
import * as markdown from 'prettier/plugins/markdown';
import { format } from 'prettier/standalone';
import options from '../../.prettierrc.json';
import { withUnalignedWideTables } from './wide-tables';

/** A document that a command writes, as `npm run lint:format` wants it. */
export function formatMarkdown(text: string): Promise<string> {
  return format(withUnalignedWideTables(text), { ...(options as Options), parser: 'markdown', plugins: [markdown] });
}
