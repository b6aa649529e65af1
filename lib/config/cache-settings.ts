import * as z from 'zod';
import { cacheNodeTypes } from '../facts/cache-nodes';
import { limits } from '../facts/limits';
import { cacheLogins, cacheModes } from '../tiers/tier';
import { flag, hints, oneOf, whole } from './schemas';

const cacheNodeType = oneOf(
  cacheNodeTypes,
  'cache.t4g.medium',
  'a node type that ElastiCache has, such as cache.t4g.medium or cache.m7g.large, is allowed',
).describe('class of each node');

const replicas = () => whole({ from: 0, to: limits.elasticacheReplicasPerShard.most, example: 1 });

/** The fields of the setting `cache`. */
export const cacheFields = {
  nodeType: cacheNodeType,
  mode: oneOf(cacheModes, 'single').describe(
    'what its clients speak: `cluster` has several shards, each with a part of the keys, and fails with every client that does not know the protocol, BullMQ among them. Where a size has shards, `single` takes one larger node in their place. Written down, it is meant: a change of size otherwise stops before it turns the protocol under an image of your own',
  ),
  shards: whole({ from: 1, to: limits.elasticacheNodes.most, example: 2 }).describe(
    'shards; more than 1 needs `"mode": "cluster"`',
  ),
  replicasPerShard: replicas().describe('replicas of each shard; they take over when it fails'),
  login: oneOf(cacheLogins, 'password').describe(
    "how a program of your own logs in: by IAM, or by a password in `REDIS_URL`. The store's own services always log in by IAM",
  ),
};

/** Keys of `cache` that there were, and what to write instead. */
export const formerCacheKeys = {
  clusterMode: 'it is called mode now: "mode": "cluster" in place of true, "mode": "single" in place of false',
};

/** A job cache of which the settings say nothing else. */
export const usualJobsCache = { nodeType: 'cache.t4g.micro', replicas: 0 } as const;

/** A second cache, which holds jobs. */
export const jobsCache = z
  .strictObject({
    nodeType: cacheNodeType,
    replicas: replicas().describe('replicas, which take over when the node fails; without one a failed node loses its jobs'),
    failover: flag().describe(
      'whether a replica takes over by itself, as it does unless this is false. From no replica to one it takes two deployments, the first with false',
    ),
  })
  .exactPartial()
  .register(hints, {
    notSettings: {
      engine: 'it is that of cacheEngine',
      login: 'it is always by the password in JOBS_REDIS_URL',
      mode: 'it is always single: BullMQ speaks no cluster protocol',
      replicasPerShard: 'it is called replicas here',
    },
  });
