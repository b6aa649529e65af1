import { type CloudFormationTemplate, resourcesOf } from '../support/stores';
import type { Trap } from './trap';

function only(template: CloudFormationTemplate, type: string, idStartsWith: string) {
  const found = resourcesOf(template, type).filter(([id]) => id.startsWith(idStartsWith));
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} of ${type} ${idStartsWith} where one was expected`);
  return { id: first[0], ...first[1] };
}

/** Text that stands in the template as it is, references and what they join left out. */
function literal(value: unknown): string {
  if (typeof value === 'string') return value;
  return Object.values(value as object)
    .flat(3)
    .filter((part) => typeof part === 'string')
    .join('');
}

/** The cache of jobs, and log-in to caches by password: what no size has. */
export const caches: readonly Trap[] = [
  {
    name: 'the job cache evicts nothing and speaks no cluster protocol, since BullMQ bears neither',
    holds({ withJobs }) {
      const { id, Properties } = only(withJobs, 'AWS::ElastiCache::ParameterGroup', 'JobsCache');
      expect(Properties.Properties).toEqual({ 'maxmemory-policy': 'noeviction' });
      const group = only(withJobs, 'AWS::ElastiCache::ReplicationGroup', 'JobsCache');
      expect(group.Properties.CacheParameterGroupName).toEqual({ Ref: id });
      expect(group.Properties).not.toHaveProperty('NumNodeGroups');
    },
  },
  {
    name: 'the job cache keeps its logical ID, and is snapshot before it goes',
    holds({ withJobs }) {
      const { id, DeletionPolicy, UpdateReplacePolicy } = only(withJobs, 'AWS::ElastiCache::ReplicationGroup', 'JobsCache');
      expect({ id, DeletionPolicy, UpdateReplacePolicy }).toEqual({
        id: 'JobsCacheredis731A2DCBA',
        DeletionPolicy: 'Snapshot',
        UpdateReplacePolicy: 'Snapshot',
      });
    },
  },
  {
    name: 'a password of a cache stands in no template, and no user of one is without',
    holds({ withJobs }) {
      const users = resourcesOf(withJobs, 'AWS::ElastiCache::User').filter(([, { Properties }]) =>
        Properties.AccessString.startsWith('on '),
      );
      const withPassword = users.filter(([, { Properties }]) => Properties.AuthenticationMode.Type === 'password');
      expect(withPassword).toHaveLength(2);
      for (const [, { Properties }] of users) expect(['iam', 'password']).toContain(Properties.AuthenticationMode.Type);
      for (const [, { Properties }] of withPassword) {
        expect(Properties.AuthenticationMode.Passwords.map(literal)).toEqual([
          '{{resolve:secretsmanager::SecretString:password::}}',
        ]);
      }
      const urls = resourcesOf(withJobs, 'AWS::SecretsManager::Secret').filter(([id]) => /^(Jobs)?CacheUrl/.test(id));
      expect(urls).toHaveLength(2);
      for (const [, { Properties }] of urls) {
        expect(literal(Properties.SecretString)).toMatch(
          /^rediss:\/\/shop-(url|jobs)-redis:\{\{resolve:secretsmanager::SecretString:password::\}\}@:6379$/,
        );
      }
    },
  },
];
