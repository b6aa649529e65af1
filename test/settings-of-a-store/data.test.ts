import { propertiesOf } from '../constructs/parts';
import { resourcesOf, templateOf } from '../support/stores';
import { idsOf, natAndProxy, part, task, together, variable } from './template-parts';

describe('the database', () => {
  test.each([
    [0, { database: { readReplicas: 0, proxy: false } }],
    [2, { database: { readReplicas: 2 } }],
  ])('with %s replicas the services know so many, and every task may log in to each', (readReplicas, settings) => {
    const from = templateOf('medium', settings);
    const replicas = resourcesOf(from, 'AWS::RDS::DBInstance').filter(
      ([, { Properties }]) => Properties.SourceDBInstanceIdentifier,
    );
    expect(replicas.map(([, { Properties }]) => Properties.DBInstanceIdentifier as string)).toEqual(
      Array.from({ length: readReplicas }, (_, index) => `shop-replica-${index + 1}`),
    );
    for (const start of ['Api', 'Worker'] as const) {
      const hosts = JSON.stringify(variable(task(from, start).main, 'DATABASE_READER_HOSTS'));
      expect(hosts.match(/Endpoint\.Address/g) ?? []).toHaveLength(readReplicas);
      const rights = JSON.stringify(part(from, 'AWS::IAM::Policy', `${start}TasksTaskTaskRole`));
      for (const [id] of replicas) expect(rights).toContain(`"${id}","DbiResourceId"`);
    }
  });

  test.each([
    ['small with the proxy', 'small', natAndProxy, 'ProxyE947DB46'],
    ['medium without', 'medium', { database: { readReplicas: 0, proxy: false } }, 'DatabasePrimaryEDE0B3D0'],
  ] as const)(
    'on %s services connect to it or to the primary, and migrations always to the primary',
    (_, tier, settings, host) => {
      const { main, migrations } = task(templateOf(tier, settings), 'Api');
      expect(JSON.stringify(variable(main, 'DATABASE_HOST'))).toContain(host);
      expect(JSON.stringify(variable(migrations, 'DATABASE_DIRECT_HOST'))).toContain('DatabasePrimaryEDE0B3D0');
    },
  );
});

describe('log-in by password, in any size', () => {
  const from = templateOf('medium', { database: { login: 'password', proxy: false } });

  test('switches IAM off at primary and replicas, and nobody keeps a right to it', () => {
    const on = propertiesOf(from, 'AWS::RDS::DBInstance').map(
      ({ EnableIAMDatabaseAuthentication }) => EnableIAMDatabaseAuthentication as boolean,
    );
    expect(on).toEqual([false, false]);
    expect(JSON.stringify(from.Resources)).not.toContain('rds-db:connect');
  });

  test.each([
    ['Api', 'app'],
    ['Worker', 'worker'],
  ] as const)('names the secrets of its roles to the containers of %s, and no password', (start, role) => {
    const { main, migrations } = task(from, start);
    const arn = { Ref: expect.stringMatching(new RegExp(`^DatabasePasswordsstore${role}`)) };
    expect(variable(main, 'DATABASE_PASSWORD_SECRET')).toEqual(arn);
    expect(variable(migrations, 'DATABASE_USER')).toBe(`store_${role}`);
    expect(variable(migrations, 'DATABASE_PASSWORD_SECRETS')).toEqual({
      'Fn::Join': [
        '',
        ['store_migrations=', { Ref: expect.stringMatching(/^DatabasePasswordsstoremigrations/) }, `,store_${role}=`, arn],
      ],
    });
    expect(main?.Secrets).toBeUndefined();
  });

  test('is rotated by a task from private addresses, beside the master secret, which Secrets Manager rotates', () => {
    const tasks = propertiesOf(from, 'AWS::Scheduler::Schedule').filter(({ Target }) => Target.EcsParameters !== undefined);
    expect(tasks).toHaveLength(1);
    expect(tasks[0]?.Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp).toBe('DISABLED');
    expect(idsOf(from, 'AWS::SecretsManager::RotationSchedule')).toHaveLength(1);
    expect(idsOf(templateOf('medium'), 'AWS::SecretsManager::Secret')).toHaveLength(1);
  });
});

function readUrl(readReplicas: number): string | undefined {
  const database = { login: 'password', readReplicas };
  const from = templateOf('large', { database, container: { image: 'ghcr.io/acme/api:1.0.0' } });
  const urls = propertiesOf(from, 'AWS::SecretsManager::Secret').find(({ Description }) => Description?.startsWith('URLs'));
  return /"readUrl.*$/.exec(JSON.stringify(urls?.SecretString).replaceAll('\\', ''))?.[0];
}

test('a program of one’s own reads from the replicas by one name, and from the proxy where there are none', () => {
  expect(readUrl(2)).toContain('@read.shop.internal:5432/store');
  expect(readUrl(0)).toMatch(/@",\{"Fn::GetAtt":\["Proxy\w+","Endpoint"\]\},":5432/);
});

test('Valkey is a new cache with new users: no name that Redis has had is taken again', () => {
  const [redis, valkey] = [templateOf('medium'), templateOf('medium', together)];
  for (const [type, name] of [
    ['AWS::ElastiCache::ReplicationGroup', 'Engine'],
    ['AWS::ElastiCache::ParameterGroup', 'CacheParameterGroupFamily'],
    ['AWS::ElastiCache::User', 'UserId'],
    ['AWS::ElastiCache::UserGroup', 'UserGroupId'],
  ] as const) {
    expect(idsOf(valkey, type).filter((id) => idsOf(redis, type).includes(id))).toEqual([]);
    const names = propertiesOf(redis, type).map((properties) => properties[name] as string);
    for (const properties of propertiesOf(valkey, type)) expect(names).not.toContain(properties[name]);
  }
});
