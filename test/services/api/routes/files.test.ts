import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { filing } from './filing';

let api: ApiOnParts;
let ann: string;
let ben: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  await api.reset();
  [ann, ben] = await Promise.all([api.logIn('customer'), api.logIn('other')]);
});

const { begin, of, confirm, ready, rowOf, userId, reset } = filing(() => api);
beforeEach(reset);

interface Page {
  readonly items: readonly { readonly id: string; readonly project: string; readonly category: string }[];
  readonly nextCursor: string | null;
}
const list = async (query: string, cookie = ann): Promise<Page> => (await api.call(`/api/v1/files?${query}`, { cookie })).body;

const all = async (query: string): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Page = await list(`${query}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return ids;
};

describe('a list', () => {
  it('has what is ready, by project, by category and by both, the newest first, page by page', async () => {
    const made: { id: string; project: string; category: string }[] = [];
    for (const project of ['kitchen', 'bath'])
      for (const category of ['plans', 'photos', 'plans']) {
        made.unshift({ id: await ready(ann, { project, category }), project, category });
      }
    await begin(ann); // not there yet
    const wanted = (fits: (file: (typeof made)[number]) => boolean) => made.filter(fits).map(({ id }) => id);
    expect(await all('')).toEqual(wanted(() => true));
    expect(await all('project=bath')).toEqual(wanted(({ project }) => project === 'bath'));
    expect(await all('category=plans')).toEqual(wanted(({ category }) => category === 'plans'));
    expect(await all('project=bath&category=plans')).toEqual(
      wanted(({ project, category }) => project === 'bath' && category === 'plans'),
    );
    expect(await all('project=hall')).toEqual([]);
  });

  it('goes on where it was, whatever was deleted meanwhile', async () => {
    const [oldest, , newest] = [await ready(ann), await ready(ann), await ready(ann)];
    const first = await list('limit=1');
    expect(first.items[0]?.id).toBe(newest);
    await of(ann, newest, '', 'DELETE');
    expect((await list(`limit=2&cursor=${first.nextCursor}`)).items.at(-1)?.id).toBe(oldest);
  });

  it('has nothing of anybody else', async () => {
    await ready(ann);
    expect((await list('', ben)).items).toEqual([]);
  });
});

describe('a file of another customer', () => {
  it.each([
    ['GET', ''],
    ['GET', '/download'],
    ['PUT', '/confirmation'],
    ['DELETE', ''],
  ])('is not there for %s %s', async (method, path) => {
    const id = await ready(ann);
    expect(await of(ben, id, path, method)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await rowOf(id)).toMatchObject({ status: 'ready' });
  });
});

test('a download is a link of an hour', async () => {
  const { status, body } = await of(ann, await ready(ann), '/download');
  const { url, expiresAt } = body as { url: string; expiresAt: string };
  expect([status, url]).toEqual([200, expect.stringContaining('.pdf?')]);
  expect(Math.abs(Date.parse(expiresAt) - Date.now() - 3_600_000)).toBeLessThan(60_000);
});

test('what is deleted is gone at once, and deleted again is no error; the worker removes the object', async () => {
  const id = await ready(ann);
  expect((await of(ann, id, '', 'DELETE')).status).toBe(204);
  const { remove_at: removal } = await rowOf(id);
  expect((await of(ann, id, '', 'DELETE')).status).toBe(204);
  for (const [path, method] of [
    ['', 'GET'],
    ['/download', 'GET'],
    ['/confirmation', 'PUT'],
  ] as const)
    expect((await of(ann, id, path, method)).status).toBe(404);
  expect(await rowOf(id)).toMatchObject({ status: 'deleted', remove_at: removal });
});

describe('where S3 is away', () => {
  it.each([
    ['an upload', () => begin(ann, {}, '01900000-0000-7000-8000-00000000f11e')],
    [
      'a confirmation',
      async () => confirm(ann, String((await api.store.query(`select id from files where status = 'uploading'`))[0]?.['id'])),
    ],
    [
      'a download',
      async () => of(ann, String((await api.store.query(`select id from files where status = 'ready'`))[0]?.['id']), '/download'),
    ],
  ])('%s may be tried again in some seconds', async (_, ask) => {
    await ready(ann);
    await begin(ann);
    api.files.fail(true);
    const { status, body, headers } = await ask();
    expect([status, body]).toMatchObject([503, { code: 'unavailable' }]);
    expect(headers.get('retry-after')).toBe('5');
    expect(JSON.stringify(body)).not.toContain('S3');
    api.files.fail(false);
    expect((await ask()).status).toBeLessThan(300); // nothing is half done
  });

  it('files are listed and deleted all the same', async () => {
    const id = await ready(ann);
    api.files.fail(true);
    expect((await api.call('/api/v1/files', { cookie: ann })).status).toBe(200);
    expect((await of(ann, id, '', 'DELETE')).status).toBe(204);
  });
});

test('whoever is erased gives up their files, with their names', async () => {
  const id = await ready(ann);
  const user = await userId(ann);
  await begin(ann);
  const client = await api.store.connect('postgres');
  try {
    await client.query('begin');
    await client.query(`select erase_user($1, (select password_hash from users where id = $1))`, [user]);
    const { rows } = await client.query(`select status, name, remove_at <= now() as due from files where user_id = $1`, [user]);
    expect(rows).toEqual([
      { status: 'deleted', name: '', due: true },
      { status: 'deleted', name: '', due: true },
    ]);
    await client.query('rollback');
  } finally {
    await client.end();
  }
  expect(await rowOf(id)).toMatchObject({ status: 'ready' });
});
