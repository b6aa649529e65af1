import { createHash } from 'node:crypto';
import type { CacheAside, CachePolicy } from '../cache-aside';
import type { Answer } from './route';

/** Another one wherever what is kept changes its form: during a deployment the old version reads its own. */
const documentForm = 3;

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
): Promise<NonNullable<Answer['cached']> | undefined> {
  const text = await cached.text(`${documentForm}:${key}`, policy, async () => {
    const document = await load();
    if (!document) return undefined;
    const { body, ...rest } = document;
    const json = JSON.stringify(body);
    return { text: `"${createHash('sha256').update(json).digest('base64url').slice(0, 22)}"\n${json}`, ...rest };
  });
  if (text === undefined) return undefined;
  const end = text.indexOf('\n');
  return { etag: text.slice(0, end), json: text.slice(end + 1) };
}
