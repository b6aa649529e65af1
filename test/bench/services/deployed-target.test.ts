import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployedTarget, TargetError } from '../../../bench/services/deployed-target';

const product = (number: number) => ({
  id: `id-${number}`,
  title: `Wool Scarf ${number}`,
  brand: { slug: 'a-brand' },
  price: {},
});
const bodies: Record<string, unknown> = {
  '/api/v1/products?limit=100': { items: [product(1), product(2)], nextCursor: 'a+b' },
  '/api/v1/products?limit=100&cursor=a%2Bb': { items: [product(3)], nextCursor: null },
  '/api/v1/brands': { items: [{ slug: 'a-brand', name: 'A brand' }] },
  '/api/v1/categories': { items: [{ slug: 'shoes', name: 'Shoes' }] },
};

/** Answers while `work` is done. */
async function withStore<T>(changes: Record<string, unknown>, work: (url: string) => Promise<T>): Promise<T> {
  const answers = { ...bodies, ...changes };
  const server = createServer(({ url = '' }, response) => {
    const body = answers[url];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sessions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (text: string): string => {
  const path = join(folder, 'sessions.txt');
  writeFileSync(path, text);
  return path;
};

it('reads from the lists of a store what its users may ask', async () => {
  await withStore({}, async (url) => {
    expect(await deployedTarget(url, undefined)).toEqual({
      api: url,
      sessions: [],
      products: ['id-1', 'id-2', 'id-3'],
      brands: ['a-brand'],
      categories: ['shoes'],
      words: ['wool', 'scarf'],
    });
  });
});

it('gives each token of the file as the cookie of a session', async () => {
  await withStore({}, async (url) => {
    const { sessions } = await deployedTarget(url, file('abc-1\ndef_2\n'));
    expect(sessions.map((cookie) => cookie.replace(/^.*=/, ''))).toEqual(['abc-1', 'def_2']);
  });
});

it.each<[name: string, message: RegExp, changes: Record<string, unknown>]>([
  ['sells nothing', /sells no product/, { '/api/v1/products?limit=100': { items: [], nextCursor: null } }],
  ['has no such list', /\/api\/v1\/brands answers 404/, { '/api/v1/brands': undefined }],
  ['is something else', /answers something else than the store's API/, { '/api/v1/products?limit=100': { hello: 'world' } }],
])('says so where what answers %s', async (_, message, changes) => {
  await withStore(changes, async (url) => {
    const asked = deployedTarget(url, undefined);
    await expect(asked).rejects.toThrow(message);
    await expect(asked).rejects.toBeInstanceOf(TargetError);
  });
});

it('says what does not answer', async () => {
  const gone = await withStore({}, async (url) => url);
  await expect(deployedTarget(gone, undefined)).rejects.toThrow(
    /products\?limit=100 does not answer: .*ECONNREFUSED.*Is it where/,
  );
});

it.each(['shop.example.com', 'ftp://shop.example.com', 'https://shop.example.com/api', 'https://shop.example.com?a=b'])(
  'takes no %s for the place of an API',
  async (url) => {
    await expect(deployedTarget(url, undefined)).rejects.toThrow(/^--url is ".*"; it takes where the API is/);
  },
);

it.each([
  ['', /is empty/],
  ['abc\nstore_session=def', /line 2 is no token/],
])('says what is wrong with a file of sessions: %j', async (text, message) => {
  await expect(deployedTarget('https://shop.example.com', file(text))).rejects.toThrow(message);
});

it('says which file of sessions cannot be read', async () => {
  await expect(deployedTarget('https://shop.example.com', '/no/such/file')).rejects.toThrow(
    /--sessions \/no\/such\/file cannot be read/,
  );
});
