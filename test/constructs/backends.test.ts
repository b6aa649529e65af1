import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { allowToBackends, backendEnvironment, grantBackends } from '../../lib/constructs/backends';
import { queueNames } from '../../services/contract';
import { allowed, aNetwork, aPlatform, aProxy, aRole, rulesBetweenGroups, someReplicas, template, theirStack } from './parts';

function backends({ all }: { all: boolean }) {
  const stack = theirStack();
  if (all) {
    someReplicas(stack, ['theirs-replica-1', 'theirs-replica-2']);
    aProxy(stack);
  }
  return { stack, parts: aPlatform(stack).backends };
}

test('at the least a service finds the primary, the cache and every queue', () => {
  const { stack, parts } = backends({ all: false });
  const environment = backendEnvironment(parts, 'reader', 5);
  expect(environment).toMatchObject({
    DATABASE_USER: 'reader',
    DATABASE_HOST: parts.database.host,
    DATABASE_READER_HOSTS: '',
    DATABASE_CONNECTIONS: '5',
    CACHE_CLUSTER_MODE: 'false',
  });
  expect(Object.keys(environment).filter((name) => name.startsWith('QUEUE_'))).toHaveLength(queueNames.length);
  expect(template(stack)).toBeDefined();
});

test('with a proxy connections go through it, and with replicas reads may go to each of them', () => {
  const { parts } = backends({ all: true });
  const environment = backendEnvironment(parts, 'reader', 5);
  expect(environment.DATABASE_HOST).toBe(parts.proxy?.host);
  expect(environment.DATABASE_READER_HOSTS).toBe(parts.replicas.hosts.join(','));
  expect(parts.replicas.hosts).toHaveLength(2);
});

test('a service may log in as its own role, at primary, proxy and replicas, and at the cache', () => {
  const { stack, parts } = backends({ all: true });
  grantBackends(parts, aRole(stack), 'reader');
  const rights = allowed(template(stack), 'TheirRole');
  const logIns = rights.filter(({ action }) => action === 'rds-db:connect');
  expect(logIns).toHaveLength(4);
  for (const { resource } of logIns) expect(resource).toMatch(/\/reader"/);
  expect(rights.filter(({ action }) => action === 'elasticache:Connect')).toHaveLength(2);
  expect(rights.filter(({ action }) => action.startsWith('sqs:'))).toEqual([]);
});

test('a service reaches its backends on their ports and nothing else', () => {
  const { stack, parts } = backends({ all: true });
  const group = aNetwork(stack).closedSecurityGroup(stack, 'TheirSecurityGroup', 'Theirs');
  allowToBackends(parts, new ec2.Connections({ securityGroups: [group] }));
  expect(rulesBetweenGroups(template(stack)).filter((rule) => rule.startsWith('Their'))).toEqual([
    'Their -> Cache: 6379',
    'Their -> Database: 5432',
    'Their -> Proxy: 5432',
  ]);
});
