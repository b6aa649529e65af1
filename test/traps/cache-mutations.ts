import { change, type Mutation, rename } from './mutation';

const group = 'AWS::ElastiCache::ReplicationGroup';
const noPassword = 'a password of a cache stands in no template, and no user of one is without';
const jobsKept = 'the job cache keeps its logical ID, and is snapshot before it goes';
const evictsNothing = 'the job cache evicts nothing and speaks no cluster protocol, since BullMQ bears neither';

export const cacheMutations: readonly Mutation[] = [
  {
    breaks: 'the job cache evicts',
    in: 'withJobs',
    turnsRed: evictsNothing,
    mutate: change(
      'AWS::ElastiCache::ParameterGroup',
      (properties) => (properties.Properties = { 'maxmemory-policy': 'volatile-lru' }),
      'JobsCache',
    ),
  },
  {
    breaks: 'the job cache gets shards',
    in: 'withJobs',
    turnsRed: evictsNothing,
    mutate: change(group, (properties) => (properties.NumNodeGroups = 2), 'JobsCache'),
  },
  {
    breaks: 'the job cache is deleted without a snapshot',
    in: 'withJobs',
    turnsRed: jobsKept,
    mutate: change(group, (_, resource) => (resource.DeletionPolicy = 'Delete'), 'JobsCache'),
  },
  {
    breaks: 'the logical ID of the job cache follows its replicas',
    in: 'withJobs',
    turnsRed: jobsKept,
    mutate: (template) => rename(template, 'JobsCacheredis731A2DCBA', 'JobsCacheredis7Replicated31A2DCBA'),
  },
  {
    breaks: 'a password of the cache is written down',
    in: 'withJobs',
    turnsRed: noPassword,
    mutate: change(
      'AWS::ElastiCache::User',
      ({ AuthenticationMode }) => (AuthenticationMode.Passwords = ['correct-horse-battery']),
      'CacheRedisPasswordUser',
    ),
  },
  {
    breaks: 'the URL of the jobs has its password in it',
    in: 'withJobs',
    turnsRed: noPassword,
    mutate: change(
      'AWS::SecretsManager::Secret',
      (properties) => (properties.SecretString = 'rediss://shop-jobs-redis:correct-horse@jobs:6379'),
      'JobsCacheUrl',
    ),
  },
  {
    breaks: 'the user of the jobs needs no password',
    in: 'withJobs',
    turnsRed: noPassword,
    mutate: change(
      'AWS::ElastiCache::User',
      (properties) => (properties.AuthenticationMode = { Type: 'no-password-required' }),
      'JobsCacheRedisPasswordUser',
    ),
  },
];
