import type { Client } from 'pg';
import type { StagedRow } from './row-form';

/** Rows, and characters of their JSON, that one statement takes: what is in memory at once. */
const most = { rows: 1_000, characters: 2_000_000 } as const;

/** Lays rows into `import_rows`, numbered from 1 without gaps; reads no further while a statement is under way. Gives how many. */
export async function stage(
  client: Pick<Client, 'query'>,
  rows: AsyncIterable<StagedRow>,
  tell: (count: number) => Promise<void>,
): Promise<number> {
  let count = 0;
  let characters = 0;
  let batch: { line: number; key: string; text: string }[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    await client.query(
      `insert into import_rows (number, line, key, row)
       select $1 + place, line, key, row::jsonb
         from unnest($2::int[], $3::text[], $4::text[]) with ordinality as told (line, key, row, place)`,
      [count, batch.map(({ line }) => line), batch.map(({ key }) => key), batch.map(({ text }) => text)],
    );
    count += batch.length;
    [batch, characters] = [[], 0];
    await tell(count);
  };
  for await (const { line, key, row } of rows) {
    const text = JSON.stringify(row);
    batch.push({ line, key, text });
    characters += text.length;
    if (batch.length >= most.rows || characters >= most.characters) await flush();
  }
  await flush();
  return count;
}
