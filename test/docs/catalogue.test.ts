import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { problems } from '../../services/api/problem';
import { routes } from '../../services/api/routes';
import { setUp } from '../support/set-up';
import { shellBlocks, textOf } from './commands-in-documents';
import { serveApi } from './served-api';

const page = textOf('docs/catalogue.md');
const [lines = []] = shellBlocks(page).map((block) => block.trim().split('\n'));

let url: string;
let folder: string;
setUp(async (started) => {
  ({ url, folder } = await serveApi(started));
});

/** The page's script, on this store: each call that has a status behind it prints the one that it got. */
const script = (): string =>
  lines
    .map((line) => (/ # \d+$/.test(line) ? `${line.replace(/ +# \d+$/, '')} -sS -o /dev/null -w '%{http_code}\\n'` : line))
    .join('\n')
    .replace(/^api=.*$/m, `api=${url}/api/v1`)
    .replace(/^jar=.*$/m, `jar=${join(folder, 'jar')}`);

test('the commands of the page do what it says, one after the other', async () => {
  execFileSync('bash', ['-n'], { input: lines.join('\n') });
  const child = spawn('bash', ['-c', script()], { stdio: ['ignore', 'pipe', 'inherit'] });
  const expected = lines.flatMap((line) => / # (\d+)$/.exec(line)?.[1] ?? []);
  expect((await text(child.stdout)).trim().split('\n')).toEqual(expected);
  expect(expected.length).toBeGreaterThan(15);
});

describe('the page', () => {
  const ofProducts = routes.filter(({ tag }) => tag === 'Products');
  const ofReviews = routes.filter(({ tag, access }) => tag === 'Reviews' && access !== 'customer');
  const ofShops = [...routes.filter(({ tag }) => tag === 'Catalogue'), ...ofReviews];

  it.each([...ofProducts, ...ofShops].map(({ method, path }) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`))(
    'has %s',
    (request) => {
      expect(page).toContain(`\`${request}`);
    },
  );

  it('has every problem that is these routes’ own', () => {
    const own = new Set(ofProducts.flatMap((route) => route.problems ?? []).filter((code) => code !== 'not-found'));
    expect([...own].filter((code) => !page.includes(`${problems[code].status} \`${code}\``))).toEqual([]);
  });

  it.each(['listProducts', 'getProduct', 'listBrands', 'listCategories', 'listDrops', 'listReviews'])(
    'says how long the CDN keeps %s',
    (operationId) => {
      const caching = routes.find((route) => route.operationId === operationId)?.cacheControl ?? '';
      const [fresh = 0, stale = 0] = [...caching.matchAll(/=(\d+)/g)].map(([, seconds]) => Number(seconds) / 60);
      expect(page).toMatch(new RegExp(`${fresh} minutes; up to ${fresh + stale} for the first who asks`));
    },
  );
});
