import { fileListQuery } from '../../../services/api/routes/list-files';
import { deleteFiles } from '../../../services/worker/delete-files';
import { setUp } from '../../support/set-up';
import { planOf, preparePlans } from './plans';

/** A thousand customers, one in ten with 200 files of eight projects in five categories, of which one in a hundred is about to go. */
const business = `
  insert into users (email, password_hash) select 'user-' || n || '@example.com', 'none' from generate_series(1, 1000) as n;
  insert into files (user_id, idempotency_key, project, category, name, content_type, bytes, object_key, status, created_at, ready_at, upload_ends_at, remove_at)
    select id, gen_random_uuid(), 'p' || n % 8, 'c' || n % 5, 'n', 'text/plain', 1000, id || '/' || n,
           case when n % 100 = 0 then 'deleted' else 'ready' end, now() - n * interval '1 hour', now(), now() - n * interval '1 hour',
           case when n % 100 = 0 then now() + (n - 100) * interval '1 minute' end
      from (select id, row_number() over (order by id) as u from users where email like 'user-%') as users, generate_series(1, 200) as n
     where u % 10 = 0;`;

let userId: string;
setUp(async (started) => {
  const store = await preparePlans(started, business);
  userId = String((await store.query('select user_id from files limit 1'))[0]?.['user_id']);
});

/** The steps: their indexes, or their types. */
const stepsOf = async (text: string, values: readonly unknown[]): Promise<readonly string[]> =>
  (await planOf({ text, values })).map((node) => node['Index Name'] ?? node['Node Type']);

const after = { by: String(Date.now() * 1_000 - 36_000_000_000), id: '01900000-0000-7000-8000-000000000000' };

describe.each([
  ['all', {}, 'files_user'],
  ['of a category', { category: 'c1' }, 'files_user_category'],
  ['of a project', { project: 'p1' }, 'files_project'],
  ['of both', { project: 'p1', category: 'c1' }, 'files_project_category'],
])('a list of %s', (_, filter, index) => {
  it.each([
    ['first', {}],
    ['later', { after }],
  ])('comes in its order from its index: the %s page', async (_page, place) => {
    const { text, values } = fileListQuery({ userId, limit: 20, ...filter, ...place });
    expect(await stepsOf(text, values)).toEqual(['Limit', index]);
  });
});

test.each([
  ['what a customer has', 'select count(*), sum(bytes) from files f where f.user_id = $1', 'files_'],
  [
    'what a key began',
    `select f.* from files f where f.user_id = $1 and f.idempotency_key = '${after.id}'`,
    'files_user_id_idempotency_key_key',
  ],
  ['what an erased user gives up', `update files f set status = 'deleted', remove_at = now() where f.user_id = $1`, 'files_'],
])('%s is found by an index', async (_, text, index) => {
  const steps = await stepsOf(text, [userId]);
  expect(steps).not.toContain('Seq Scan');
  expect(steps).toContainEqual(expect.stringMatching(new RegExp(`^${index}`)));
});

test('what is to be removed is found by an index', async () => {
  const asked: [string, readonly unknown[]][] = [];
  const query = async (text: string, values: readonly unknown[]) => {
    asked.push([text, values]);
    return { rows: [] };
  };
  await deleteFiles(
    { writer: { query } as never, deleteObject: () => Promise.resolve(), log: {} as never },
    new AbortController().signal,
  );
  const [[text, values] = ['', []]] = asked;
  expect(await stepsOf(text, values)).toContain('files_removal');
});
