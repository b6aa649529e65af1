import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { sessionCookie } from '../../services/api/sessions';
import type { Target } from './k6';

/** The store cannot be measured as it was asked for; the message says why and what to change. */
export class TargetError extends Error {}

const page = z.object({
  items: z.array(z.object({ id: z.string(), title: z.string(), brand: z.object({ slug: z.string() }) })),
  nextCursor: z.string().nullable(),
});
type Page = z.output<typeof page>;
const slugs = z.object({ items: z.array(z.object({ slug: z.string() })) });

/** Products that the users look at: an assumption, enough that a fifth of them is more than a few. */
const mostProducts = 1_000;

/** Words of titles to search for. */
const mostWords = 20;

/**
 * What users of a deployed store may ask, read from its own lists. `sessionsFile` has the token of a customer's session a line; without one,
 * users only read. Orders are not paid there: they end by themselves after their time. @throws {TargetError}
 */
export async function deployedTarget(url: string, sessionsFile: string | undefined): Promise<Target> {
  const api = originOf(url);
  const sessions = sessionsFile === undefined ? [] : sessionsOf(sessionsFile);
  const products: Page['items'] = [];
  for (let after: string | null = ''; after !== null && products.length < mostProducts; ) {
    const next: Page = await answerOf(api, `/api/v1/products?limit=100${after}`, page);
    products.push(...next.items);
    after = next.nextCursor && `&cursor=${encodeURIComponent(next.nextCursor)}`;
  }
  if (products.length === 0) throw new TargetError(`${api} sells no product, so there is nothing to look at.`);
  const words = new Set(products.flatMap(({ title }) => title.toLowerCase().match(/\p{L}{3,}/gu) ?? []));
  return {
    api,
    sessions,
    products: products.map(({ id }) => id),
    brands: (await answerOf(api, '/api/v1/brands', slugs)).items.map(({ slug }) => slug),
    categories: (await answerOf(api, '/api/v1/categories', slugs)).items.map(({ slug }) => slug),
    words: [...words].slice(0, mostWords),
  };
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || `${url.origin}/` !== url.href)
    throw new TargetError(
      `--url is ${JSON.stringify(text)}; it takes where the API is, such as https://shop.example.com, without a path.`,
    );
  return url.origin;
}

function sessionsOf(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new TargetError(`--sessions ${file} cannot be read: ${(error as Error).message}`);
  }
  const tokens = text.split('\n').filter((line) => line !== '');
  const odd = tokens.findIndex((token) => !/^[\w-]+$/.test(token));
  if (odd >= 0)
    throw new TargetError(`--sessions ${file}: line ${odd + 1} is no token of a session; it takes one a line and nothing else.`);
  if (tokens.length === 0) throw new TargetError(`--sessions ${file} is empty; it takes the token of a session a line.`);
  return tokens.map((token) => `${sessionCookie}=${token}`);
}

async function answerOf<T>(api: string, path: string, form: z.ZodType<T>): Promise<T> {
  const asked = `${api}${path}`;
  const response = await fetch(asked, { signal: AbortSignal.timeout(20_000) }).catch((error: unknown) => {
    throw new TargetError(`${asked} does not answer: ${reasonOf(error)}. Is it where the store's API is?`);
  });
  if (!response.ok) throw new TargetError(`${asked} answers ${response.status} where the store's API answers 200.`);
  const read = form.safeParse(await response.json().catch(() => undefined));
  if (!read.success)
    throw new TargetError(`${asked} answers something else than the store's API does: ${z.prettifyError(read.error)}`);
  return read.data;
}

/** "fetch failed" alone says nothing. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { readonly message: string; readonly cause?: { readonly message?: string } };
  return cause?.message || message;
}
