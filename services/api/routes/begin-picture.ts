import * as z from 'zod';
import {
  mostPictures,
  newPicture,
  type PictureRow,
  pictureColumns,
  pictureOf,
  pictureUploadSeconds,
  productPicture,
} from '../picture';
import { Problem, type ProblemCode } from '../problem';
import { route } from '../route';
import { id } from '../schemas';
import { uploadLink, uploadLinkOf } from '../upload-link';

const begun = z
  .object({
    picture: productPicture,
    upload: uploadLink.nullable().meta({ description: 'Takes the original once; null where it is there already' }),
  })
  .meta({ id: 'BegunPicture' });

type Outcome = 'begun' | 'begun-before' | 'full' | 'deleted' | 'no-product';
type Row = PictureRow & { readonly outcome: Outcome; readonly uploadKey: string };

const refusals: Readonly<Partial<Record<Outcome, ProblemCode>>> = {
  full: 'pictures-full',
  deleted: 'file-deleted',
  'no-product': 'not-found',
};

export const beginPicture = route({
  method: 'post',
  path: '/api/v1/products/{productId}/pictures',
  operationId: 'beginPicture',
  tag: 'Pictures',
  summary: 'Begin a picture of a product: gives a link that takes this file and no other',
  access: 'operator',
  limit: 'writes',
  params: z.object({ productId: id }),
  headers: z.object({
    'idempotency-key': id.meta({
      description: 'A UUID chosen by the client: the same key gives the picture that it began before',
    }),
  }),
  body: newPicture,
  answers: {
    201: { description: 'Begun, behind the others: upload it, then confirm it within a day', schema: begun },
    200: { description: 'Begun before, by the same key; the link is a new one', schema: begun },
  },
  problems: ['not-found', 'pictures-full', 'file-deleted', 'unavailable'],
  handle: async ({ params: { productId }, headers, body: { alt, contentType, bytes } }, { database, pictures }) => {
    const { rows } = await database.writer.query<Row>(
      `select outcome, (picture).upload_key as "uploadKey", ${pictureColumns('(picture).')}
         from begin_picture($1, $2, $3, $4, $5, $6, $7)`, // migrations/sql/0017_pictures.sql says how
      [productId, headers['idempotency-key'], alt, contentType, bytes, pictureUploadSeconds, mostPictures],
    );
    const [row] = rows as [Row]; // always one
    const refusal = refusals[row.outcome];
    if (refusal) throw new Problem(refusal);
    const form = { contentType: row.contentType, bytes: row.bytes };
    const link = row.status === 'uploading' ? await pictures.signUpload(row.uploadKey, form, pictureUploadSeconds) : undefined;
    const body: z.input<typeof begun> = {
      picture: pictureOf(row),
      upload: link ? uploadLinkOf(link) : null,
    };
    return { status: row.outcome === 'begun' ? 201 : 200, body };
  },
});
