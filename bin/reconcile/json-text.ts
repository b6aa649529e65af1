/** Where an object stands in a text: from its opening brace to behind its closing one. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** The object under these keys in the text of valid JSON; undefined where there is none. */
export function objectAt(text: string, path: readonly string[]): Place | undefined {
  let from = skipSpace(text, 0);
  for (const key of path) {
    const value = text[from] === '{' ? memberAt(text, from, key) : undefined;
    if (value === undefined) return undefined;
    from = value;
  }
  return text[from] === '{' ? { from, to: endOf(text, from) } : undefined;
}

/** Where the value of a key begins, in the object that opens here. */
function memberAt(text: string, opening: number, wanted: string): number | undefined {
  let at = skipSpace(text, opening + 1);
  let found: number | undefined;
  while (text[at] === '"') {
    const keyEnd = endOf(text, at);
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1);
    if (JSON.parse(text.slice(at, keyEnd)) === wanted) found = value; // of a key that is there twice, the last one holds
    at = skipSpace(text, endOf(text, value));
    if (text[at] !== ',') break;
    at = skipSpace(text, at + 1);
  }
  return found;
}

/** Behind the value that begins here. */
function endOf(text: string, from: number): number {
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^\s"{}[\],:]+|[\s,:]/gy;
  tokens.lastIndex = from;
  let depth = 0;
  for (let token = tokens.exec(text)?.[0]; token !== undefined; token = tokens.exec(text)?.[0]) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth === 0) return tokens.lastIndex;
  }
  return text.length;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
}
