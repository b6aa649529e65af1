import { join } from 'node:path';
import { type Need, needs, variablesOfNeed } from '../../lib/config/store-config';
import { tierNames } from '../../lib/tiers/tier';
import { golden } from '../support/golden';
import { outsideServices, resourcesOf, templateOf } from '../support/stores';
import { statementsAllowing } from '../traps/trap';
import { type Container, part, variable } from './template-parts';

const image = 'ghcr.io/acme/shop:1.0.0';
const program = (asked: readonly Need[] = []) => ({ image, needs: asked });
const { payments, emailFrom } = outsideServices;

/** Every program is the app's own; what it needs, its API needs. */
const appOf = (asked: readonly Need[], more: object = {}) => ({
  app: { api: program(asked), worker: 'none', migrations: 'none', ...more },
  payments,
  emailFrom,
  traces: {},
  jobsCache: {},
});

type Settings = Readonly<Record<string, unknown>>;

const containersOf = (tier: (typeof tierNames)[number], settings: Settings, start: string) =>
  part(templateOf(tier, settings), 'AWS::ECS::TaskDefinition', start).ContainerDefinitions as Container[];

const namesOf = (container: Container | undefined) => ({
  plain: container?.Environment.map(({ Name }) => Name).filter((name) => !['STORE_NAME', 'PORT'].includes(name)),
  secret: (container?.Secrets ?? []).map(({ Name }) => Name),
});

/** What the roles of the API's tasks may do, those of the agent that starts them left out. */
function rightsOfApi(settings: Settings): readonly string[] {
  const policies = resourcesOf(templateOf('medium', settings), 'AWS::IAM::Policy').filter(([id]) =>
    id.startsWith('ApiTasksTaskTaskRole'),
  );
  const statements = policies.flatMap(
    ([, { Properties }]) => Properties.PolicyDocument.Statement as { Action: string | string[] }[],
  );
  return [...new Set(statements.flatMap(({ Action }) => Action))].toSorted((one, other) => one.localeCompare(other));
}

const gives: Readonly<Record<Need, { plain: readonly string[]; secret: readonly string[]; rights: readonly string[] }>> = {
  database: {
    plain: [
      'DATABASE_NAME',
      'DATABASE_HOST',
      'DATABASE_READER_HOSTS',
      'DATABASE_DIRECT_HOST',
      'DATABASE_CONNECTIONS',
      'DATABASE_USER',
    ],
    secret: [],
    rights: ['rds-db:connect'],
  },
  cache: {
    plain: ['CACHE_HOST', 'CACHE_CLUSTER_MODE', 'CACHE_USER', 'CACHE_REPLICATION_GROUP'],
    secret: [],
    rights: ['elasticache:Connect'],
  },
  jobsCache: { plain: [], secret: ['JOBS_REDIS_URL'], rights: [] },
  queues: {
    plain: ['QUEUE_EMAIL_URL', 'QUEUE_NOTIFICATIONS_URL', 'QUEUE_PAYMENTS_URL', 'QUEUE_ANALYTICS_URL'],
    secret: [],
    rights: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
  },
  files: {
    plain: ['FILES_BUCKET', 'MEDIA_BUCKET'],
    secret: [],
    rights: ['kms:Decrypt', 'kms:GenerateDataKey', 's3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
  },
  email: { plain: ['EMAIL_FROM', 'SITE_URL', 'API_URL'], secret: [], rights: ['ses:SendEmail'] },
  payments: { plain: [], secret: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'], rights: [] },
  traces: { plain: ['TRACES_SAMPLED_PERCENT'], secret: [], rights: ['xray:PutSpans', 'xray:PutTraceSegments'] },
};

describe('a program of one’s own', () => {
  test.each(needs)('that needs %s gets its variables and rights, and no others', (need) => {
    const settings = appOf([need]);
    const { plain, secret, rights } = gives[need];
    expect(namesOf(containersOf('medium', settings, 'Api').at(-1))).toEqual({ plain, secret });
    expect(rightsOfApi(settings)).toEqual(rights);
    expect(variablesOfNeed[need]).toEqual(expect.arrayContaining([...plain, ...secret])); // so no setting may give them too
  });

  test('that logs in by passwords is handed URLs as secrets, and has no right to log in', () => {
    const settings = { ...appOf(['database', 'cache']), database: { login: 'password' }, cache: { login: 'password' } };
    const { plain, secret } = namesOf(containersOf('medium', settings, 'Api').at(-1));
    expect(plain).toEqual(
      ['NAME', 'HOST', 'READER_HOSTS', 'DIRECT_HOST', 'CONNECTIONS']
        .map((name) => `DATABASE_${name}`)
        .concat('CACHE_HOST', 'CACHE_CLUSTER_MODE'),
    );
    expect(secret).toEqual([
      'DATABASE_URL',
      'DATABASE_DIRECT_URL',
      'DATABASE_READ_URL',
      'DATABASE_USER',
      'DATABASE_PASSWORD',
      'REDIS_URL',
    ]);
    expect(rightsOfApi(settings).filter((right) => /rds-db|elasticache/.test(right))).toEqual([]);
  });

  test('may give variables of a part that it does not need', () => {
    const DATABASE_URL = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:elsewhere-AbCdEf';
    const api = { ...program(), environment: { EMAIL_FROM: 'us@example.com' }, secrets: { DATABASE_URL } };
    expect(namesOf(containersOf('small', appOf([], { api }), 'Api')[0])).toEqual({
      plain: ['EMAIL_FROM'],
      secret: ['DATABASE_URL'],
    });
  });

  test('that needs nothing gets nothing, reaches no backend, and waits for no container', () => {
    const settings = appOf([]);
    const containers = containersOf('medium', settings, 'Api');
    expect(containers).toHaveLength(1);
    expect(namesOf(containers[0])).toEqual({ plain: [], secret: [] });
    expect(rightsOfApi(settings)).toEqual([]);
    const ways = resourcesOf(templateOf('medium', settings), 'AWS::EC2::SecurityGroupEgress');
    expect(ways.filter(([id]) => id.startsWith('ApiTasks'))).toEqual([]);
  });

  test('has a disk that is read-only but for the folders that it names', () => {
    const [container] = containersOf(
      'small',
      appOf([], { api: { ...program(), writableFolders: ['/tmp', '/app/.next/cache'] } }),
      'Api',
    );
    expect(container).toMatchObject({ ReadonlyRootFilesystem: true });
    expect(container?.MountPoints).toEqual([
      { ContainerPath: '/tmp', ReadOnly: false, SourceVolume: 'api-1' },
      { ContainerPath: '/app/.next/cache', ReadOnly: false, SourceVolume: 'api-2' },
    ]);
  });
});

describe.each(tierNames)('an app of one’s own in %s', (tier) => {
  const worker = { ...program(['queues']), command: ['node', 'jobs.js'], healthCommand: ['node', 'healthy.js'] };
  const migrations = { ...program(), command: ['node', 'migrate.js'] };
  const site = { ...program(), port: 3000, healthPath: '/ok' };
  const settings = appOf(['database'], { worker, migrations, site });
  const template = templateOf(tier, settings);

  test('prepares roles, then runs its migrations, then its API', () => {
    const containers = containersOf(tier, settings, 'Api');
    expect(containers.map(({ Name, DependsOn = [] }) => [Name, DependsOn.map(({ ContainerName }) => ContainerName)])).toEqual([
      ['roles', []],
      ['migrations', ['roles']],
      ['api', ['migrations']],
    ]);
    expect(containers[0]?.Command).toEqual(['node', 'migrations.js', 'roles']);
    expect(containers[1]).toMatchObject({ Image: image, Command: ['node', 'migrate.js'] });
    expect(variable(containers[2], 'DATABASE_NAME')).toBe('store');
  });

  test('runs its worker without the store’s migrations, and gives it the queues', () => {
    const containers = containersOf(tier, settings, 'Worker');
    expect(containers).toHaveLength(1);
    expect(containers[0]).toMatchObject({
      Image: image,
      Command: ['node', 'jobs.js'],
      HealthCheck: { Command: ['CMD', 'node', 'healthy.js'] },
    });
    expect(statementsAllowing(template, 'sqs:ReceiveMessage').map(({ id }) => id)).toEqual([
      expect.stringMatching(/^WorkerTasksTaskTaskRole/),
    ]);
  });

  test('starts no image of the store but for its roles, and no job of its worker at midnight', () => {
    const commands = resourcesOf(template, 'AWS::ECS::TaskDefinition').flatMap(([, { Properties }]) =>
      (Properties.ContainerDefinitions as Container[]).map(({ Command = [] }) => Command[1]),
    );
    expect(commands).not.toContain('api.js');
    expect(commands).not.toContain('worker.js');
    expect(JSON.stringify(template)).not.toContain('analytics.nightly');
  });

  test('sends the paths of the API to it and all others to the site', () => {
    const rules = resourcesOf(template, 'AWS::ElasticLoadBalancingV2::ListenerRule').map(([, { Properties }]) => [
      Properties.Priority,
      Properties.Conditions[0].PathPatternConfig.Values,
    ]);
    expect(rules).toEqual([
      [1, ['/api/*', '/health*']],
      [2, ['/*']],
    ]);
    const { DefaultCacheBehavior: pages } = part(template, 'AWS::CloudFront::Distribution', 'Cdn').DistributionConfig;
    expect(pages.AllowedMethods).toContain('POST');
    expect(part(template, 'AWS::CloudFront::Distribution', 'Cdn').DistributionConfig).not.toHaveProperty('DefaultRootObject');
  });
});

test('an API that renders the site gets every path, and no second service', () => {
  const template = templateOf('medium', appOf([], { api: { ...program(), rendersSite: true } }));
  expect(resourcesOf(template, 'AWS::ECS::Service')).toHaveLength(1);
  expect(resourcesOf(template, 'AWS::ElasticLoadBalancingV2::ListenerRule')).toEqual([]);
  const { DefaultCacheBehavior: pages } = part(template, 'AWS::CloudFront::Distribution', 'Cdn').DistributionConfig;
  expect(pages.AllowedMethods).toContain('POST');
});

test('a store with an app of its own has these variables and rights, and no others; npm test -- -u accepts another list', () => {
  const settings = {
    app: {
      api: program(['database', 'cache', 'jobsCache', 'files']),
      worker: program(['database', 'jobsCache', 'email']),
      migrations: program(),
      site: program(),
    },
    emailFrom,
    database: { login: 'password' },
    cache: { login: 'password' },
    jobsCache: {},
  };
  const template = templateOf('medium', settings);
  const containers = resourcesOf(template, 'AWS::ECS::TaskDefinition').flatMap(([id, { Properties }]) =>
    (Properties.ContainerDefinitions as Container[]).flatMap((container) => linesOf(id, container)),
  );
  const rights = resourcesOf(template, 'AWS::IAM::Policy')
    .filter(([id]) => /^(Api|Worker|Site)Tasks/.test(id))
    .flatMap(([id, { Properties }]) => {
      const statements = Properties.PolicyDocument.Statement as { Action: string | string[] }[];
      const actions = new Set(statements.flatMap(({ Action }) => Action));
      return [withoutHash(id)].concat([...actions].toSorted().map((action) => `  ${action}`));
    });
  const text = `${[...containers, ...rights].join('\n')}\n`;
  expect(text).toBe(golden(join(__dirname, 'own-app.golden.txt'), text));
});

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');

function linesOf(id: string, { Name, Environment, Secrets = [] }: Container): readonly string[] {
  const plain = Environment.map((one) => `  ${one.Name}`);
  const secret = Secrets.map((one) => `  ${one.Name} (secret)`);
  return [`${withoutHash(id)} ${Name}`, ...plain, ...secret];
}
