import { createHash } from 'node:crypto';
import type { CacheAside, CachePolicy } from '../cache-aside';
import type { FirstLook } from '../cache-aside/first-looks';
import type { Answer } from './route';

/** Another one wherever what is kept changes its form: during a deployment the old version reads its own. */
const documentForm = 3;

const entryOf = (key: string): string => `${documentForm}:${key}`;

/** Asks the cache for what `cachedJson` may be asked for soon; as `CacheAside.lookAhead`. */
export const lookAhead = (cached: CacheAside, key: string): FirstLook | undefined => cached.lookAhead(entryOf(key));

export interface Document {
  readonly body: unknown;
  readonly tags: readonly string[];
  /** As in `Loaded`. */
  readonly ttlSeconds?: number;
}

/**
 * A document from the cache or from `load`, with the tag of its version. It is made text once, when it is loaded, and goes
 * from the cache to the client as it is.
 */
export async function cachedJson(
  cached: CacheAside,
  key: string,
  policy: CachePolicy,
  load: () => Promise<Document | undefined>,
  look?: FirstLook,
): Promise<NonNullable<Answer['cached']> | undefined> {
  const loadText = async () => {
    const document = await load();
    if (!document) return undefined;
    const { body, ...rest } = document;
    const json = JSON.stringify(body);
    return { text: `"${createHash('sha256').update(json).digest('base64url').slice(0, 22)}"\n${json}`, ...rest };
  };
  const text = await cached.text(entryOf(key), policy, loadText, look);
  if (text === undefined) return undefined;
  const end = text.indexOf('\n');
  return { etag: text.slice(0, end), json: text.slice(end + 1) };
}
