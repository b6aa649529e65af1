import type { Readable } from 'node:stream';
import type { Pool } from 'pg';
import { productListTag, productTag } from '../cache-aside/product-tags';
import {
  mostPictureBytes,
  mostPixels,
  mostPixelsOnASide,
  type PictureForm,
  type PictureRefusal,
  pictureTypes,
  servedKey,
  servedTypes,
} from '../catalogue/picture-form';
import { noteStale } from '../catalogue/stale-tags';
import { describeError, type Logger } from '../runtime/logger';
import type { ObjectForm } from '../runtime/object-store';
import { type EncodedPicture, EncodingError } from './encode-picture';
import { pictureHeader } from './picture-header';

/** After so many tries that took too long or too much, or whose worker died, a picture is refused. */
const mostTries = 3;

/** Minutes until a picture is tried again whose worker died: longer than the encoder may take, and S3 after it. */
const againMinutes = 15;

/** Minutes from the beginning of a try until no object can come of it any more. */
const settledMinutes = 60;

/** A year, the most that RFC 9111's caches ask for: what a name shows never changes. */
const cacheControl = 'public, max-age=31536000, immutable';

export interface EncodePicturesProps {
  readonly writer: Pool;
  readonly getObject: (key: string) => Promise<Readable | undefined>;
  readonly putObject: (key: string, body: Buffer, form: ObjectForm) => Promise<void>;
  /** @throws {EncodingError} */
  readonly encode: (form: PictureForm, original: Buffer, signal: AbortSignal) => Promise<readonly EncodedPicture[]>;
  readonly log: Logger;
}

interface Taken {
  readonly id: string;
  readonly productId: string;
  readonly uploadKey: string;
  readonly contentType: string;
  readonly tries: number;
}

/**
 * Makes of each original that was uploaded what the CDN serves, one after the other. Any number of workers may do it at once, and any of them may die: whoever
 * takes a picture after it writes the same objects again.
 */
export async function encodePictures(props: EncodePicturesProps, signal: AbortSignal): Promise<void> {
  for (;;) {
    if (signal.aborted) return;
    const { rows } = await props.writer.query<Taken>(take, [againMinutes, settledMinutes]);
    const [taken] = rows;
    if (!taken) return;
    await encodeOne(props, taken, signal);
  }
}

async function encodeOne({ writer, log, ...props }: EncodePicturesProps, taken: Taken, signal: AbortSignal): Promise<void> {
  const { id: pictureId, productId, tries } = taken;
  const refuse = async (reason: PictureRefusal): Promise<void> => {
    await writer.query(refused, [pictureId, tries, reason]);
    log.warn('A picture was refused', { pictureId, productId, reason });
  };
  if (tries > mostTries) return refuse('too-costly');
  try {
    const original = await readWhole(await props.getObject(taken.uploadKey));
    const [form, reason] = original === undefined ? [undefined, 'broken' as const] : checked(original, taken.contentType);
    if (original === undefined || form === undefined) return await refuse(reason);
    const encoded = await props.encode(form, original, signal);
    if (await write({ writer, ...props }, taken, encoded)) log.info('A picture is ready', { pictureId, productId });
  } catch (error) {
    if (error instanceof EncodingError && error.reason === 'broken') return refuse('broken');
    const counts = error instanceof EncodingError;
    if (!signal.aborted)
      log.error('A picture was not encoded and will be tried again', { pictureId, tries, ...describeError(error) });
    await writer.query(counts ? tryAgain : uncount, [pictureId, tries]);
  }
}

/** The form that it is; or undefined, and why it is refused. */
function checked(original: Buffer, contentType: string): readonly [PictureForm | undefined, PictureRefusal] {
  const header = pictureHeader(original);
  if (header === undefined || pictureTypes[header.form] !== contentType) return [undefined, 'type-differs'];
  if (header.size === undefined) return [undefined, 'broken'];
  const { width, height } = header.size;
  if (width * height > mostPixels[header.form] || Math.max(width, height) > mostPixelsOnASide)
    return [undefined, 'too-many-pixels'];
  return [header.form, 'broken'];
}

/** undefined where nothing is there, or more than anybody could have asked a link for. */
async function readWhole(body: Readable | undefined): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).byteLength;
    if (bytes > mostPictureBytes) return undefined; // leaving the loop destroys the stream
  }
  return body && Buffer.concat(chunks);
}

/** The row names every object before it is there. False where somebody has deleted the picture meanwhile, or tries it again. */
async function write(
  { writer, putObject }: Pick<EncodePicturesProps, 'writer' | 'putObject'>,
  { id, productId, tries }: Taken,
  encoded: readonly EncodedPicture[],
): Promise<boolean> {
  const widths = [...new Set(encoded.map(({ width }) => width))].toSorted((one, other) => one - other);
  const widest = encoded.find(({ width }) => width === widths.at(-1));
  const named = await writer.query(nameObjects, [id, tries, widths, widest?.width, widest?.height]);
  if (named.rowCount === 0) return false;
  for (const { form, width, body } of encoded) {
    const contentType = servedTypes[form];
    await putObject(servedKey(productId, id, width, form), body, { contentType, bytes: body.byteLength, cacheControl });
  }
  return (await writer.query(ready, [id, tries])).rowCount !== 0;
}

const take = `
  update product_pictures
     set tries = tries + 1, due_at = now() + make_interval(mins => $1), settled_at = greatest(settled_at, now() + make_interval(mins => $2))
   where id = (select id from product_pictures where due_at <= now() and status = 'processing' order by due_at limit 1 for update skip locked)
  returning id, product_id as "productId", upload_key as "uploadKey", content_type as "contentType", tries`;

const mine = `where id = $1 and tries = $2 and status = 'processing'`;

const nameObjects = `update product_pictures set widths = $3, width = $4, height = $5 ${mine}`;

/** When nothing can come any more, the original goes (services/worker/delete-pictures.ts). */
const refused = `update product_pictures set status = 'refused', reason = $3, due_at = settled_at ${mine}`;

const ready = `
  with ready as (update product_pictures set status = 'ready', ready_at = now(), due_at = settled_at ${mine} returning product_id)
  ${noteStale(`array['${productTag('')}' || product_id, '${productListTag}']`, 'ready')}`;

const tryAgain = `update product_pictures set due_at = now() + make_interval(mins => 1) ${mine}`;

/** It was not the picture's fault, and does not count. */
const uncount = `update product_pictures set tries = tries - 1, due_at = now() + make_interval(mins => 1) ${mine}`;
