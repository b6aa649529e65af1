import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buckets, webhookSecret } from '../local/environment';
import { makeCertificates, readCertificates } from '../local/parts/certificates';
import { startSes } from '../local/parts/ses';
import { startSqs } from '../local/parts/sqs';
import { startStripe } from '../local/parts/stripe';
import { createBuckets, createQueues } from '../local/queues';
import { type AppCache, startCache } from './backends/cache';
import { type AppDatabase, startDatabase } from './backends/database';
import { addressesOf } from './backends/places';
import { cacheUser, needsOf } from './needs';
import type { ProgramsOfTemplate } from './programs';

export interface Backends {
  /** Removed in the end; programs may write to `folder`/tmp alone. */
  readonly folder: string;
  /** File of the authority that has signed the servers' certificates. */
  readonly authority: string;
  readonly database: AppDatabase | undefined;
  readonly cache: AppCache | undefined;
  readonly jobsCache: AppCache | undefined;
  readonly awsEndpoint: string;
  readonly queueUrls: Awaited<ReturnType<typeof createQueues>>;
  readonly stripeUrl: string;
  readonly sesUrl: string;
  stop(): Promise<void>;
}

/** Everything that the programs ask for. Where something does not start, the rest is stopped. */
export async function startBackends(app: ProgramsOfTemplate): Promise<Backends> {
  const folder = mkdtempSync(join(tmpdir(), 'check-app-'));
  chmodSync(folder, 0o755); // PostgreSQL's user must get there
  await using starting = new AsyncDisposableStack();
  starting.defer(() => rmSync(folder, { recursive: true, force: true }));
  const defer = (stop: () => Promise<void>): void => starting.defer(stop);
  const needs = needsOf(app);
  const addresses = addressesOf(8);
  const at = (index: number): string => addresses[index] ?? '127.0.0.1';
  const certificates = await makeCertificates(folder, [...new Set(addresses)]);
  const tls = await readCertificates(certificates);
  const [sqs, stripe, ses] = await Promise.all([startSqs(), startStripe({ webhookSecret }), startSes()]);
  for (const part of [sqs, stripe, ses]) defer(() => part.stop());
  const [database, cache, jobsCache, queueUrls] = await Promise.all([
    needs.database &&
      startDatabase({
        folder,
        certificates,
        addresses: [at(0), at(1), at(2)],
        byPassword: needs.database.byPassword,
        proxy: app.proxy,
        replicas: needs.database.replicas,
        storesSchema: app.programs.get('migrations')?.own === false,
        defer,
      }),
    needs.cache &&
      startCache({
        addresses: needs.cache.cluster ? [at(3), at(4), at(5)] : [at(3)],
        user: needs.cache.user,
        byPassword: needs.cache.byPassword,
        tls,
        defer,
      }),
    !needs.jobsCache
      ? undefined
      : startCache({
          addresses: [at(6)],
          user: cacheUser,
          byPassword: true,
          tls,
          settings: { 'maxmemory-policy': 'noeviction' },
          defer,
        }),
    createQueues(sqs.endpoint),
    createBuckets(sqs.endpoint, Object.values(buckets)),
  ]);
  const running = starting.move();
  return {
    folder,
    authority: certificates.authority,
    database,
    cache,
    jobsCache,
    awsEndpoint: sqs.endpoint,
    queueUrls,
    stripeUrl: stripe.url,
    sesUrl: ses.url,
    stop: () => running.disposeAsync(),
  };
}
