/** What the cache keeps under a key: a line about the text, then the text as it is, so that a hit parses nothing of it. */
export interface Entry {
  readonly text: string;
  /** From then on somebody should refresh it, ms since 1970. */
  readonly refreshAt: number;
  /** Under which version of each of its tags it was loaded. */
  readonly versions: ReadonlyMap<string, string>;
}

const tagForm = /^[^\s=]+$/;

/** @throws {RangeError} at a tag that the line cannot hold. */
export function writeEntry({ text, refreshAt, versions }: Entry): string {
  let line = String(refreshAt);
  for (const [tag, version] of versions) {
    if (!tagForm.test(tag)) throw new RangeError(`A tag has no white space and no "=": ${JSON.stringify(tag)}`);
    line += ` ${tag}=${version}`;
  }
  return `${line}\n${text}`;
}

/** Tells one entry of a key from the next; of what is no entry, whatever stands there up to its first line's end. */
export function firstLine(stored: string): string {
  const end = stored.indexOf('\n');
  return end === -1 ? stored : stored.slice(0, end);
}

/** undefined for what is no entry. */
export function readEntry(stored: string): Entry | undefined {
  const end = stored.indexOf('\n');
  if (end === -1) return undefined;
  const [first = '', ...pairs] = stored.slice(0, end).split(' ');
  const refreshAt = Number(first);
  if (first === '' || Number.isNaN(refreshAt)) return undefined;
  const versions = new Map<string, string>();
  for (const pair of pairs) {
    const middle = pair.indexOf('=');
    if (middle < 1) return undefined;
    versions.set(pair.slice(0, middle), pair.slice(middle + 1));
  }
  return { text: stored.slice(end + 1), refreshAt, versions };
}
