import { type ServedForm, servedKey, servedTypes } from '../catalogue/picture-form';
import { describeError } from '../runtime/logger';
import type { DeleteFilesProps } from './delete-files';
import { removeRows } from './remove-rows';

/** Rows that one round takes; each has up to seven objects. */
const batch = 30;

/** Minutes until a row that was taken is taken again, if its taker dies or S3 is away. */
const againMinutes = 5;

interface Taken {
  readonly id: string;
  readonly productId: string;
  readonly uploadKey: string;
  readonly widths: readonly number[];
  readonly status: 'ready' | 'refused' | 'deleted';
}

/**
 * Removes originals a day after their link has ended, and of pictures that were deleted or never confirmed everything: at once, and once more when nothing can
 * be added any more (`settled_at`). Only then does a row go, so no object is without one.
 */
export const deletePictures = ({ writer, deleteObject, log }: DeleteFilesProps, signal: AbortSignal): Promise<void> =>
  removeRows<Taken>(
    {
      batch,
      take: async () => (await writer.query<Taken>(take, [batch, againMinutes])).rows,
      remove: async ({ id, productId, uploadKey, widths, status }) => {
        await deleteObject(uploadKey);
        const served = status === 'deleted' ? widths : [];
        for (const width of served)
          for (const form of Object.keys(servedTypes) as ServedForm[]) await deleteObject(servedKey(productId, id, width, form));
        await writer.query(status === 'deleted' ? forget : keep, [id]);
      },
      failed: ({ id }, error) =>
        log.error('A picture’s objects could not be removed and will be tried again', { pictureId: id, ...describeError(error) }),
    },
    signal,
  );

const take = `
  update product_pictures p set status = case status when 'uploading' then 'deleted' else status end, due_at = now() + make_interval(mins => $2)
   where id in (
     select id from product_pictures where due_at <= now() and status <> 'processing' order by due_at limit $1 for update skip locked
   )
  returning id, product_id as "productId", upload_key as "uploadKey", widths, status`;

/** The row, or a second time for its objects; both by what the row says now. */
const forget = `
  with gone as (delete from product_pictures where id = $1 and status = 'deleted' and settled_at <= now() returning id)
  update product_pictures set due_at = settled_at where id = $1 and settled_at > now()`;

const keep = `update product_pictures set due_at = case when settled_at > now() then settled_at end where id = $1 and status in ('ready', 'refused')`;
