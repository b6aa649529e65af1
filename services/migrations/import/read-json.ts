import { shown, UnreadableError } from './problems';

export interface JsonObject {
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** Characters of one object: an assumption, many times what a product may be. */
const longest = 1_000_000;

/**
 * The objects of an array, or objects one after the other, such as one a line, without parsing them; one at a time is in memory. The packages that
 * stream JSON do not tell lines.
 * @throws {UnreadableError}
 */
export async function* jsonObjects(chunks: AsyncIterable<string>): AsyncGenerator<JsonObject> {
  let line = 1;
  let depth = 0; // of braces and brackets within an object; 0: between objects
  let [inString, escaped] = [false, false];
  let array: 'none' | 'open' | 'closed' | undefined; // undefined: nothing was read yet
  let begin = { line: 1, text: '' };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const character = chunk[at] ?? '';
      if (character === '\n') line += 1;
      if (inString) {
        if (escaped) escaped = false;
        else if (character === '\\') escaped = true;
        else if (character === '"') inString = false;
      } else if (depth > 0) {
        if (character === '"') inString = true;
        else if (character === '{' || character === '[') depth += 1;
        else if (character === '}' || character === ']') depth -= 1;
        if (depth > 0) continue;
        yield { line: begin.line, text: begin.text + chunk.slice(from, at + 1) };
        begin = { line, text: '' };
      } else if (character === '{' && array !== 'closed') {
        array ??= 'none';
        depth = 1;
        from = at;
        begin = { line, text: '' };
      } else if (character === '[' && array === undefined) array = 'open';
      else if (character === ']' && array === 'open') array = 'closed';
      else if (!/\s/.test(character) && !(character === ',' && array === 'open'))
        throw unreadable(line, character, 'objects in one array, or one object a line');
    }
    if (depth > 0) begin.text += chunk.slice(from);
    if (begin.text.length > longest) throw unreadable(begin.line, begin.text, `an object of at most ${longest} characters`);
  }
  if (depth > 0) throw unreadable(begin.line, begin.text, 'an object that ends before the file does');
  if (array === 'open') throw unreadable(line, '', 'a ] at the end of the array');
}

const unreadable = (line: number, got: string, allowed: string): UnreadableError =>
  new UnreadableError({ line, field: '', got: shown(got), allowed });
