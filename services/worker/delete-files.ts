import type { Pool } from 'pg';
import { describeError, type Logger } from '../runtime/logger';
import { removeRows } from './remove-rows';

/** Rows that one round takes. */
const batch = 100;

/** Minutes until a row that was taken is taken again, if its taker dies or S3 is away. */
const againMinutes = 5;

export interface DeleteFilesProps {
  readonly writer: Pool;
  /** Nothing is under the key afterwards. */
  readonly deleteObject: (key: string) => Promise<void>;
  readonly log: Logger;
}

interface Taken {
  readonly id: string;
  readonly key: string;
  readonly last: boolean;
}

/**
 * Removes the objects of files that were deleted, whose upload nobody confirmed for a day, or whose owner was erased, and then their rows.
 *
 * A row that is taken is `deleted` from then on and never anything else, so that no customer reads what is about to go. Its object goes at once, and once more
 * a day after its link took an upload for the last time: one that had begun may end later. Only then does the row go, so no object is without one.
 */
export const deleteFiles = ({ writer, deleteObject, log }: DeleteFilesProps, signal: AbortSignal): Promise<void> =>
  removeRows<Taken>(
    {
      batch,
      take: async () => (await writer.query<Taken>(take, [batch, againMinutes])).rows,
      remove: async ({ id, key, last }) => {
        await deleteObject(key);
        await writer.query(last ? forget : keepInMind, [id]);
      },
      failed: ({ id }, error) =>
        log.error('A file could not be removed and will be tried again', { fileId: id, ...describeError(error) }),
    },
    signal,
  );

const take = `
  update files f set status = 'deleted', remove_at = now() + make_interval(mins => $2)
   where id in (select id from files where remove_at <= now() order by remove_at limit $1 for update skip locked)
  returning id, object_key as key, upload_ends_at <= now() - interval '24 hours' as last`;

const forget = `delete from files where id = $1 and status = 'deleted'`;

const keepInMind = `update files set remove_at = upload_ends_at + interval '24 hours' where id = $1`;
