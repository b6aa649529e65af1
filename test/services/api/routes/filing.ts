import { randomUUID } from 'node:crypto';
import type { ApiOnParts } from '../api-on-parts';

export const aFile = {
  name: 'floor plan.pdf',
  project: 'kitchen',
  category: 'plans',
  contentType: 'application/pdf',
  bytes: 48_213,
};

interface Begun {
  readonly file: { readonly id: string; readonly status: string };
  readonly upload: { readonly url: string; readonly headers: object } | null;
  readonly code?: string;
}

/** What customers do with files, each with the cookie of a session. */
export function filing(api: () => ApiOnParts) {
  const begin = async (cookie: string, more: object = {}, key: string = randomUUID()) => {
    const body = { ...aFile, ...more };
    const answer = await api().call('/api/v1/files', { method: 'POST', cookie, headers: { 'idempotency-key': key }, body });
    return { ...answer, body: answer.body as Begun };
  };
  const of = (cookie: string, id: string, path = '', method = 'GET') =>
    api().call(`/api/v1/files/${id}${path}`, { method, cookie });
  const confirm = (cookie: string, id: string) => of(cookie, id, '/confirmation', 'PUT');
  const ready = async (cookie: string, more: object = {}): Promise<string> => {
    const { body } = await begin(cookie, more);
    expect((await confirm(cookie, body.file.id)).status).toBe(200);
    return body.file.id;
  };
  return {
    begin,
    of,
    confirm,
    ready,
    rowOf: async (id: string) => (await api().store.query(`select * from files where id = '${id}'`))[0] ?? {},
    userId: async (cookie: string) => ((await api().call('/api/v1/auth/session', { cookie })).body as { userId: string }).userId,
    /** Nobody has a file, everybody the usual quota, and S3 is there. */
    reset: async () => {
      await api().reset();
      await api().store.query('update users set most_files = null, most_file_bytes = null');
      api().files.objects.clear();
      api().files.fail(false);
      api().files.upload(true);
    },
  };
}
