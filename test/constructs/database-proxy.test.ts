import { aDatabase, allowed, aProxy, aRole, only, propertiesOf, remembered, template, theirStack } from './parts';

const proxy = remembered(() => {
  const stack = theirStack();
  aProxy(stack).grantLogin(aRole(stack), 'reader');
  return template(stack);
});

test('it takes TLS only, stands in data subnets and has the name that is given', () => {
  expect(only(proxy(), 'AWS::RDS::DBProxy').Properties).toMatchObject({
    DBProxyName: 'theirs-proxy',
    EngineFamily: 'POSTGRESQL',
    RequireTLS: true,
    VpcSubnetIds: ['subnet-0000000e', 'subnet-0000000f'],
  });
});

test('its role may log in to the instance as the roles that are given, and do nothing else', () => {
  const from = proxy();
  const id = only(from, 'AWS::RDS::DBProxy').Properties.RoleArn['Fn::GetAtt'][0] as string;
  const policies = from.Resources[id]?.Properties.Policies as { PolicyDocument: { Statement: unknown[] } }[];
  expect(policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)).toEqual([
    { Effect: 'Allow', Action: 'rds-db:connect', Resource: expect.anything() as unknown },
  ]);
  expect(JSON.stringify(policies)).toMatch(/"DatabasePrimary\w+","DbiResourceId"\]},"\/reader"/);
  expect(allowed(from, id)).toEqual([]);
});

test('whoever may log in may do so at the proxy as that role', () => {
  expect(allowed(proxy(), 'TheirRole')).toEqual([
    { action: 'rds-db:connect', resource: expect.stringMatching(/DBProxyArn.*\/reader"/) as string },
  ]);
});

test('it reaches the database on PostgreSQL’s port, and nobody reaches it until a peer is named', () => {
  const from = proxy();
  expect(propertiesOf(from, 'AWS::EC2::SecurityGroupEgress').map(({ FromPort, ToPort }) => [FromPort, ToPort])).toEqual([
    [5432, 5432],
  ]);
  const entries = propertiesOf(from, 'AWS::EC2::SecurityGroupIngress').map(({ GroupId }) => JSON.stringify(GroupId));
  expect(entries).toEqual([expect.stringContaining('DatabaseSecurityGroup')]);
});

test('some connections stay free for migrations and people', () => {
  expect(only(proxy(), 'AWS::RDS::DBProxyTargetGroup').Properties.ConnectionPoolConfigurationInfo).toEqual({
    MaxConnectionsPercent: 90,
  });
});

test('its log is made before it: encrypted, and with an end', () => {
  const from = proxy();
  const [id, log] =
    Object.entries(from.Resources).find(([, { Properties }]) => Properties?.LogGroupName === '/aws/rds/proxy/theirs-proxy') ?? [];
  expect(log?.Properties).toMatchObject({ RetentionInDays: 30, KmsKeyId: expect.anything() });
  expect(only(from, 'AWS::RDS::DBProxy').DependsOn).toContain(id);
});

const byPassword = remembered(() => {
  const stack = theirStack();
  aDatabase(stack, { login: 'password' });
  aProxy(stack, ['store_app']).grantLogin(aRole(stack), 'store_app');
  return template(stack);
});

test('where roles log in by password it has a secret for each of their users, and takes no token', () => {
  const { Auth, DefaultAuthScheme } = only(byPassword(), 'AWS::RDS::DBProxy').Properties;
  expect(DefaultAuthScheme).toBeUndefined();
  const secrets = (Auth as { SecretArn: { Ref: string } }[]).map(({ SecretArn, ...how }) => {
    expect(how).toEqual({ AuthScheme: 'SECRETS', ClientPasswordAuthType: 'POSTGRES_SCRAM_SHA_256', IAMAuth: 'DISABLED' });
    return SecretArn.Ref.replace(/[0-9A-F]{8}$/, '');
  });
  expect(secrets).toEqual(['DatabaseMasterSecretAttachment', 'DatabasePasswordsstoreappuser', 'DatabasePasswordsstoreappbuser']);
});

test('then its role may read these and nothing else, before the proxy is made, and nobody needs a right to log in', () => {
  const from = byPassword();
  const actions = new Set(allowed(from, 'ProxyReader').map(({ action }) => action));
  expect(actions).toEqual(new Set(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret', 'kms:Decrypt']));
  expect(only(from, 'AWS::RDS::DBProxy').DependsOn).toEqual(
    expect.arrayContaining([expect.stringMatching(/^ProxyReaderDefaultPolicy/)]),
  );
  expect(allowed(from, 'TheirRole')).toEqual([]);
});
