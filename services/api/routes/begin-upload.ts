import * as z from 'zod';
import { contentTypes, type FileRow, file, fileColumns, fileOf, newFile, objectForm, uploadSeconds, usualQuota } from '../file';
import { Problem, type ProblemCode } from '../problem';
import { route } from '../route';
import { id } from '../schemas';
import { uploadLink, uploadLinkOf } from '../upload-link';

const begun = z
  .object({
    file,
    upload: uploadLink.nullable().meta({ description: 'Takes the file once; null where it is there already' }),
  })
  .meta({ id: 'BegunUpload' });

type Outcome = 'begun' | 'begun-before' | 'quota-reached' | 'deleted' | 'erased';
type Row = FileRow & { readonly outcome: Outcome; readonly objectKey: string };

const refusals: Readonly<Partial<Record<Outcome, ProblemCode>>> = {
  'quota-reached': 'quota-reached',
  deleted: 'file-deleted',
  erased: 'log-in-required',
};

export const beginUpload = route({
  method: 'post',
  path: '/api/v1/files',
  operationId: 'beginUpload',
  tag: 'Files',
  summary: 'Begin an upload: gives a link that takes this file and no other',
  access: 'customer',
  limit: 'writes',
  headers: z.object({
    'idempotency-key': id.meta({ description: 'A UUID chosen by the client: the same key gives the file that it began before' }),
  }),
  body: newFile,
  answers: {
    201: { description: 'Begun: upload it, then confirm it within a day', schema: begun },
    200: { description: 'Begun before, by the same key; the link is a new one', schema: begun },
  },
  problems: ['quota-reached', 'file-deleted', 'unavailable'],
  handle: async ({ user, headers, body: wanted }, { database, files }) => {
    const { name, project, category, contentType, bytes } = wanted;
    const { rows } = await database.writer.query<Row>(
      `select outcome, (file).object_key as "objectKey", ${fileColumns('(file).')}
         from begin_upload($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, // migrations/sql/0013_files.sql says how
      [
        user.id,
        headers['idempotency-key'],
        project,
        category,
        name,
        contentType,
        contentTypes[contentType],
        bytes,
        uploadSeconds,
        usualQuota.files,
        usualQuota.bytes,
      ],
    );
    const [row] = rows as [Row]; // always one
    const refusal = refusals[row.outcome];
    if (refusal) throw new Problem(refusal);
    const link = row.status === 'uploading' ? await files.signUpload(row.objectKey, objectForm(row), uploadSeconds) : undefined;
    const body: z.input<typeof begun> = {
      file: fileOf(row),
      upload: link ? uploadLinkOf(link) : null,
    };
    return { status: row.outcome === 'begun' ? 201 : 200, body };
  },
});
