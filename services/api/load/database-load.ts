import type { CacheAside } from '../../cache-aside';
import type { Database } from '../../runtime/database';

export interface DatabaseLoad {
  readonly sizeBytes: number;
  readonly connections: number;
  readonly maxConnections: number;
}

/** Seconds for which all tasks share one answer: to count the bytes of a large database takes a while. */
const keptSeconds = 60;

export async function databaseLoad({ writer }: Database, cached: CacheAside): Promise<DatabaseLoad> {
  const text = await cached.text('scalability:database', { ttlSeconds: keptSeconds }, async () => {
    const { rows } = await writer.query<DatabaseLoad>(
      `select pg_database_size(current_database())::float8 as "sizeBytes",
              (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
              current_setting('max_connections')::int as "maxConnections"`,
    );
    return { text: JSON.stringify(rows[0]), tags: [] };
  });
  return JSON.parse(text ?? 'null') as DatabaseLoad;
}
