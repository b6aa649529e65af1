import * as z from 'zod';
import {
  mostPictureBytes,
  pictureRefusals,
  pictureTypes,
  type ServedForm,
  servedKey,
  servedTypes,
} from '../catalogue/picture-form';
import { plainText, time } from '../runtime/forms';
import { id } from './schemas';

/** Seconds that a link takes an upload, as those of files. */
export const pictureUploadSeconds = 15 * 60;

/** Of one product: an assumption; those that were deleted count for another day. */
export const mostPictures = 30;

export const altText = plainText(300).meta({
  description: 'What a person who does not see the picture is told; empty where it tells nothing that the page does not',
  example: 'A red wool scarf, folded',
});

export const newPicture = z.strictObject({
  contentType: z.enum(Object.values(pictureTypes)),
  bytes: z.int().min(1).max(mostPictureBytes).meta({ description: 'The exact length of the file', example: 2_066_180 }),
  alt: altText,
});

const pixels = z.int().min(1);

/** As lists and products tell it: what a `<picture>` is made of. */
export const servedPicture = z
  .object({
    id,
    alt: altText,
    width: pixels.meta({ description: 'Of the widest' }),
    height: pixels.meta({ description: 'Of the widest' }),
    sources: z
      .array(
        z.object({
          type: z.enum(Object.values(servedTypes)),
          images: z
            .array(z.object({ width: pixels, path: z.string() }))
            .meta({ description: 'The narrowest first; paths at the CDN, which never change what they show' }),
        }),
      )
      .meta({ description: 'The same picture in each type, the smallest files first' }),
  })
  .meta({ id: 'Picture' });

/** As operators see it. */
export const productPicture = z
  .object({
    id,
    status: z.enum(['uploading', 'processing', 'ready', 'refused']),
    reason: z.enum(pictureRefusals).nullable().meta({ description: 'Why it was refused' }),
    alt: altText,
    contentType: z.enum(Object.values(pictureTypes)),
    bytes: z.int().min(1),
    createdAt: time,
    picture: servedPicture.nullable().meta({ description: 'As customers see it; null until it is ready' }),
  })
  .meta({ id: 'ProductPicture' });

/** JSON of a ready picture in SQL, of `product_pictures`. */
const servedJson = `jsonb_build_object('id', id, 'alt', alt, 'width', width, 'height', height, 'widths', widths)`;

/** The first picture of a row of `products`, for `servedPictureOf`; of the rows of a page alone. */
export const firstPicture = `(select ${servedJson} from product_pictures where product_id = products.id and status = 'ready' order by position, id limit 1)`;

/** All of them. */
export const allPictures = `(select coalesce(jsonb_agg(${servedJson} order by position, id), '[]') from product_pictures where product_id = products.id and status = 'ready')`;

export interface ServedRow {
  readonly id: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly widths: readonly number[];
}

export const servedPictureOf = (productId: string, { id: pictureId, alt, width, height, widths }: ServedRow) => ({
  id: pictureId,
  alt,
  width,
  height,
  sources: (Object.keys(servedTypes) as ServedForm[]).map((form) => ({
    type: servedTypes[form],
    images: widths.map((wide) => ({ width: wide, path: `/${servedKey(productId, pictureId, wide, form)}` })),
  })),
});

type Told = z.input<typeof productPicture>;

export interface PictureRow extends Pick<Told, 'id' | 'status' | 'reason' | 'alt' | 'contentType' | 'bytes'> {
  readonly productId: string;
  readonly createdAt: Date;
  readonly width: number | null;
  readonly height: number | null;
  readonly widths: readonly number[];
}

/** Columns for `pictureOf`, of `product_pictures`. @param of what the row is called where it is a part of another one */
export const pictureColumns = (of = ''): string =>
  `${of}id, ${of}product_id as "productId", ${of}status, ${of}reason, ${of}alt, ${of}content_type as "contentType", ${of}bytes, ${of}width, ${of}height, ${of}widths,
   ${of}created_at as "createdAt"`;

export const pictureOf = ({ productId, width, height, widths, createdAt, ...row }: PictureRow): Told => ({
  id: row.id,
  status: row.status,
  reason: row.reason,
  alt: row.alt,
  contentType: row.contentType,
  bytes: row.bytes,
  createdAt: createdAt.toISOString(),
  picture:
    row.status === 'ready' && width !== null && height !== null
      ? servedPictureOf(productId, { id: row.id, alt: row.alt, width, height, widths })
      : null,
});
