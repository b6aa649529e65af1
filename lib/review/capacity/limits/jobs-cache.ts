import { cacheNodeSources } from '../../../facts/cache-nodes';
import { figure } from '../../text/money';
import type { CachePart } from '../cache-part';
import { assumed, type Scope } from '../scope';
import type { Limit } from '../types';
import { type OwnLimit, withLoad } from './limit-of';

/**
 * Memory and network of the cache that holds jobs, in jobs: how many of them a request makes, only its program knows, so neither is
 * compared with the load. What its one thread does in a second nobody published.
 */
export function jobsCacheLimits(scope: Scope): readonly Limit[] {
  const { jobsCache } = scope.parts;
  return jobsCache ? [memory(jobsCache, scope), network(jobsCache, scope)] : [];
}

function memory({ nodeType, dataBytes }: CachePart, scope: Scope): Limit {
  const limit = {
    id: 'jobs-cache-memory',
    title: 'memory of the job cache',
    value: nodeType,
    sources: [cacheNodeSources.memory],
  };
  if (dataBytes === undefined) return notCompared({ ...limit, calculation: 'the memory of its nodes is not known' });
  const kib = assumed('jobKiB', scope);
  const jobs = dataBytes / 1024 / kib;
  return notCompared({
    ...limit,
    value: `${figure(jobs, 0)} jobs at once`,
    calculation: `${figure(dataBytes / 1024, 0)} KiB for data ÷ ${figure(kib)} KiB = ${figure(jobs, 0)} jobs, those included that have ended and are kept; then no job is added`,
    assumptions: ['jobKiB'],
  });
}

function network({ nodeType, networkGbps }: CachePart, scope: Scope): Limit {
  const limit = {
    id: 'jobs-cache-network',
    title: 'network of the job cache',
    value: nodeType,
    sources: [cacheNodeSources.network],
  };
  if (networkGbps === undefined) return notCompared({ ...limit, calculation: 'the network of its nodes is not known' });
  const kib = assumed('jobKiB', scope);
  const jobs = (networkGbps * 1e9) / 8 / (2 * kib * 1024);
  return notCompared({
    ...limit,
    value: `${figure(jobs, 0)} jobs/s`,
    calculation: `${figure(networkGbps, 3)} Gbit/s ÷ 8 bits ÷ (2 × ${figure(kib)} × 1,024 bytes) = ${figure(jobs, 0)} jobs/s that come and go`,
    assumptions: ['jobKiB'],
  });
}

const notCompared = (limit: Omit<OwnLimit, 'part' | 'informational'>): Limit =>
  withLoad({ ...limit, part: 'jobs-cache', informational: true }, 'not measured');
