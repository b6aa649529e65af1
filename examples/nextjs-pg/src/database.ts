import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/prisma/client';
import { logError } from './log';

let client: PrismaClient | undefined;

/** Made at the first request: `next build` loads this file too, where there is no database. */
export const database = (): PrismaClient => (client ??= connect());

function connect(): PrismaClient {
  // Of `sslmode=require` node-postgres would make options of its own, with a warning that is no JSON: TLS is asked for below.
  const url = new URL(process.env.DATABASE_URL ?? '');
  url.searchParams.delete('sslmode');
  const adapter = new PrismaPg(
    {
      connectionString: url.href,
      ssl: true, // checked against the system's roots and NODE_EXTRA_CA_CERTS
      max: Number(process.env.DATABASE_CONNECTIONS),
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000, // the client's own: a pooler takes no such parameter of a session
      keepAlive: true,
    },
    { onPoolError: (error) => logError('a connection that was idle has ended', error) },
  );
  return new PrismaClient({ adapter });
}
