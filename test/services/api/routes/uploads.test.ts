import { randomUUID } from 'node:crypto';
import { contentTypes } from '../../../../services/api/file';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { aFile, filing } from './filing';

let api: ApiOnParts;
let ann: string;
let ben: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  await api.reset();
  [ann, ben] = await Promise.all([api.logIn('customer'), api.logIn('other')]);
});

const { begin, of, confirm, rowOf, userId, reset } = filing(() => api);
beforeEach(reset);

describe('an upload', () => {
  it('is begun under a key of its own, of user, project and type, for a quarter of an hour', async () => {
    const { status, body } = await begin(ann);
    expect(status).toBe(201);
    expect(body.file).toEqual({
      ...aFile,
      id: expect.any(String),
      status: 'uploading',
      createdAt: expect.any(String),
      readyAt: null,
    });
    const key = `files/${await userId(ann)}/kitchen/${body.file.id}.pdf`;
    expect(body.upload).toEqual({
      method: 'PUT',
      url: expect.stringContaining(`/${key}?`),
      headers: { 'content-type': 'application/pdf' },
      expiresAt: expect.any(String),
    });
    expect(api.files.objects.get(key)).toEqual({
      contentType: 'application/pdf',
      bytes: 48_213,
      contentDisposition: "attachment; filename*=UTF-8''floor%20plan.pdf",
    });
    const seconds = (
      await api.store.query(`select extract(epoch from upload_ends_at - created_at)::int as upload,
      extract(epoch from remove_at - created_at)::int as removal from files`)
    )[0];
    expect(seconds).toEqual({ upload: 900, removal: 86_400 + 900 });
  });

  it.each(Object.entries(contentTypes))(
    'of %s has a key that ends with .%s, whatever its name',
    async (contentType, extension) => {
      const { body } = await begin(ann, { contentType, name: '../../evil.html' });
      expect((await rowOf(body.file.id))['object_key']).toMatch(
        new RegExp(`^files/[0-9a-f-]{36}/kitchen/${body.file.id}\\.${extension}$`),
      );
    },
  );

  it.each([
    ['no name', { name: '' }],
    ['a name that is too long', { name: 'x'.repeat(151) }],
    ['a name of half a character', { name: '\ud800' }],
    ['a project that is a path', { project: 'a/b' }],
    ['a project of dots', { project: '..' }],
    ['a category with capitals', { category: 'Plans' }],
    ['HTML', { contentType: 'text/html' }],
    ['SVG', { contentType: 'image/svg+xml' }],
    ['nothing in it', { bytes: 0 }],
    ['more than 100 MB', { bytes: 100 * 1024 * 1024 + 1 }],
    ['half a byte', { bytes: 1.5 }],
  ])('with %s is refused', async (_, more) => {
    expect(await begin(ann, more)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(await api.store.query('select from files')).toEqual([]);
  });

  it('has a name in any script, which S3 and browsers read', async () => {
    const { body } = await begin(ann, { name: `план d'étage (2)*.pdf` });
    const [form] = api.files.objects.values();
    expect(form?.contentDisposition).toBe(
      "attachment; filename*=UTF-8''%D0%BF%D0%BB%D0%B0%D0%BD%20d%27%C3%A9tage%20%282%29%2a.pdf",
    );
    expect(body.file).toMatchObject({ name: `план d'étage (2)*.pdf` });
  });

  it('never has headers of more than the 2 KB that S3 takes', async () => {
    for (const sign of ['\uffee', '😀', "'"]) {
      api.files.objects.clear();
      await begin(ann, { name: sign.repeat(150 / sign.length), contentType: longestType });
      const [form] = api.files.objects.values();
      const stored = `content-disposition${form?.contentDisposition}content-type${form?.contentType}content-length123456789`;
      expect(stored).toContain(longestType);
      expect(stored.length).toBeLessThan(2_048);
    }
  });

  it('that is sent twice is one, also at once, and gets another link until it is there', async () => {
    const key = randomUUID();
    const answers = await Promise.all([begin(ann, {}, key), begin(ann, {}, key)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201]));
    const [id, other] = answers.map(({ body }) => body.file.id);
    expect(other).toBe(id);
    await api.store.query(`update files set upload_ends_at = now() - interval '1 hour', remove_at = now() + interval '1 hour'`);
    const again = await begin(ann, { name: 'other.pdf' }, key);
    expect(again.body).toMatchObject({ file: { id, name: aFile.name }, upload: { method: 'PUT' } });
    expect(
      await api.store.query(`select from files where upload_ends_at > now() and remove_at > now() + interval '24 hours'`),
    ).toHaveLength(1);
    await confirm(ann, id ?? '');
    expect((await begin(ann, {}, key)).body).toMatchObject({ file: { status: 'ready' }, upload: null });
    await of(ann, id ?? '', '', 'DELETE');
    expect(await begin(ann, {}, key)).toMatchObject({ status: 409, body: { code: 'file-deleted' } });
  });

  it('by the key of another customer is one of its own', async () => {
    const key = randomUUID();
    const one = await begin(ann, {}, key);
    const other = await begin(ben, {}, key);
    expect(other.status).toBe(201);
    expect(other.body.file.id).not.toBe(one.body.file.id);
  });

  it('is not begun by somebody who was erased meanwhile', async () => {
    const id = await userId(ben);
    try {
      await api.store.query(`update users set erased_at = now() where id = '${id}'`);
      expect(await begin(ben)).toMatchObject({ status: 401, body: { code: 'log-in-required' } });
    } finally {
      await api.store.query(`update users set erased_at = null where id = '${id}'`);
    }
  });
});

const longestType = Object.keys(contentTypes).toSorted((one, other) => other.length - one.length)[0] ?? '';

describe('a confirmation', () => {
  it('makes the file ready, once and again', async () => {
    const { body } = await begin(ann);
    const first = await confirm(ann, body.file.id);
    expect(first).toMatchObject({ status: 200, body: { status: 'ready', readyAt: expect.any(String) } });
    expect((await confirm(ann, body.file.id)).body).toEqual(first.body);
    expect((await of(ann, body.file.id)).body).toEqual(first.body);
    expect(await rowOf(body.file.id)).toMatchObject({ remove_at: null });
  });

  it('that is sent many times at once has the effect of one', async () => {
    const { body } = await begin(ann);
    const answers = await Promise.all(Array.from({ length: 5 }, () => confirm(ann, body.file.id)));
    expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body]))).size).toBe(1);
  });

  it('before the upload is refused', async () => {
    api.files.upload(false);
    const { body } = await begin(ann);
    expect(await confirm(ann, body.file.id)).toMatchObject({ status: 409, body: { code: 'upload-missing' } });
    expect(await of(ann, body.file.id, '/download')).toMatchObject({ status: 409, body: { code: 'upload-missing' } });
    expect((await of(ann, body.file.id)).body).toMatchObject({ status: 'uploading' });
  });

  it.each([
    ['another length', { contentType: 'application/pdf', bytes: 48_212 }],
    ['another type', { contentType: 'text/html', bytes: 48_213 }],
  ])('of %s is refused, whatever the signature let through', async (_, form) => {
    const { body } = await begin(ann);
    api.files.objects.set(String((await rowOf(body.file.id))['object_key']), form);
    expect(await confirm(ann, body.file.id)).toMatchObject({ status: 409, body: { code: 'upload-differs' } });
    expect((await of(ann, body.file.id)).body).toMatchObject({ status: 'uploading' });
  });

  it('of what was deleted while S3 was asked is refused', async () => {
    const { body } = await begin(ann);
    const form = [...api.files.objects.values()].at(-1);
    const spy = jest.spyOn(api.files, 'head').mockImplementationOnce(async () => {
      await of(ann, body.file.id, '', 'DELETE');
      return form;
    });
    expect(await confirm(ann, body.file.id)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    spy.mockRestore();
    expect(await rowOf(body.file.id)).toMatchObject({ status: 'deleted' });
  });
});
