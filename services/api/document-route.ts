import type * as z from 'zod';
import type { FirstLook } from '../cache-aside/first-looks';
import { cachedJson, type Document } from './cached-json';
import type { ApiParts } from './parts';
import { Problem } from './problem';
import type { Answer, Fields, Route, RouteForm } from './route';

interface Asked<P extends Fields, Q extends Fields> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
}

/** A document of the cache that anybody may read, the same for whoever asks for the same. */
interface DocumentRouteProps<P extends Fields, Q extends Fields> extends Omit<RouteForm, 'method'> {
  readonly params?: P;
  readonly query?: Q;
  /** Names in the cache what was asked for. It may throw a problem of that, and asks nobody: whether the limit allows it comes later. */
  readonly cacheKey: (asked: Asked<P, Q>) => string;
  /** The longest that it is cached, of `cacheTimes`. */
  readonly ttlSeconds: number;
  /** What is not in the cache; undefined where there is no such thing: 404. */
  readonly load: (asked: Asked<P, Q>, parts: ApiParts) => Promise<Document | undefined>;
  /** The answer's own, from the document's JSON. */
  readonly headers?: (json: string) => NonNullable<Answer['headers']>;
}

/** What has been asked of the cache before it was known whether the limit allows the request. */
export interface AskedAhead {
  readonly key: string;
  readonly look: FirstLook | undefined;
}

/** Ties the types of key and load to the schemas beside them. */
export function documentRoute<P extends Fields = Fields, Q extends Fields = Fields>({
  ttlSeconds,
  load,
  headers,
  ...form
}: DocumentRouteProps<P, Q>): Route {
  const handle = async (asked: Asked<P, Q> & { readonly ahead?: AskedAhead }, parts: ApiParts): Promise<Answer> => {
    const { key, look } = asked.ahead ?? { key: form.cacheKey(asked), look: undefined };
    const document = await cachedJson(parts.cached, key, { ttlSeconds }, () => load(asked, parts), look);
    if (!document) throw new Problem('not-found');
    return { status: 200, cached: document, ...(headers && { headers: headers(document.json) }) };
  };
  return { ...form, method: 'get', access: 'anyone', handle };
}
