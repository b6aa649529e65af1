import type { Client, Pool } from 'pg';
import type { CacheAside } from '../cache-aside';

/** Rows that one round takes. */
const batch = 1_000;

/** SQL that notes tags with what a statement writes: `tags`, a text array, of each row of `changed`. */
export const noteStale = (tags: string, changed: string): string =>
  `insert into stale_tags (tag) select distinct unnest(${tags}) from ${changed}`;

/** The same of a change that is more than one statement. */
export async function noteStaleTags(client: Pick<Client, 'query'>, tags: readonly string[]): Promise<void> {
  await client.query('insert into stale_tags (tag) select unnest($1::text[])', [tags]);
}

/** Tells the cache of every tag that was noted; a row goes only after that, so that whoever dies leaves it to the next one. */
export async function tellStale(writer: Pool, cached: Pick<CacheAside, 'invalidate'>, signal: AbortSignal): Promise<void> {
  let found = batch;
  while (found === batch && !signal.aborted) {
    const { rows } = await writer.query<{ id: string; tag: string }>('select id, tag from stale_tags order by id limit $1', [
      batch,
    ]);
    found = rows.length;
    if (found === 0) return;
    await cached.invalidate([...new Set(rows.map(({ tag }) => tag))]);
    await writer.query('delete from stale_tags where id = any ($1)', [rows.map(({ id }) => id)]);
  }
}
