import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { main } from '../../../../bin/import';
import { buckets, type LocalPlaces } from '../../../../bin/local/environment';
import { startSqs } from '../../../../bin/local/parts/sqs';
import { createBuckets } from '../../../../bin/local/queues';
import { databaseName } from '../../../../services/contract';
import { type Started, startTogether } from '../../../support/started';
import { type Rds, startRds } from '../../parts/rds';

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

type Importable = Pick<Rds, 'port' | 'sql' | 'connect'>;

export type Importer = Awaited<ReturnType<typeof startImporter>>;

/** `npm run import -- … --local` on a PostgreSQL and an S3, as `npm run local` has them. @param database - a migrated one of its own unless given */
export const startImporter = (database?: Importable) => startTogether((started) => build(started, database));

async function build(started: Started, database: Importable | undefined) {
  const [rds, s3] = await Promise.all([database ?? started.use(startRds('migrated')), started.use(startSqs())]);
  await createBuckets(s3.endpoint, [buckets.files]);
  const folder = mkdtempSync(join(tmpdir(), 'store-import-'));
  started.defer(() => rmSync(folder, { recursive: true, force: true }));
  const places: Partial<LocalPlaces> = { databasePort: rds.port, awsEndpoint: s3.endpoint, apiPort: 1 };
  writeFileSync(join(folder, 'places.json'), JSON.stringify(places));

  const run = async (...argv: readonly string[]): Promise<Run> => {
    let [out, error] = ['', ''];
    const code = await main(argv, {
      write: (text) => (out += text),
      writeError: (text) => (error += text),
      progressDelayMs: 0,
      region: undefined,
      clients: () => {
        throw new Error('No account is asked');
      },
      filesClient: () => {
        throw new Error('No account is asked');
      },
      pause,
      localFolder: folder,
    });
    return { code, out, error };
  };
  const file = (name: string, text: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    rds,
    folder,
    endpoint: s3.endpoint,
    run,
    file,
    /** The text as a file of this kind and form. */
    bring: (kind: string, extension: 'csv' | 'json', text: string, ...options: readonly string[]): Promise<Run> =>
      run(kind, file(`${kind}.${extension}`, text), '--local', ...options),
    sql: (text: string) => rds.sql(text, databaseName),
  };
}

/** What a run that went well says, without its seconds. */
export const countsOf = ({ code, out, error }: Run): string =>
  code === 0 ? out.replace(/^.*?: /, '').replace(/; \d+ s.*\n$/s, '') : `exit ${code}: ${error}`;
