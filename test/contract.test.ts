import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tierNames } from '../lib/tiers/tier';
import { readApiEnvironment } from '../services/api/environment';
import { codecsFolder, entryPoints, environment, picturesProgram, queues, stopTimeoutSeconds } from '../services/contract';
import { readMigrationsEnvironment } from '../services/migrations/environment';
import { readWorkerEnvironment } from '../services/worker/environment';
import { privateKey } from './constructs/public-key';
import { type CloudFormationTemplate, outsideServices, resourcesOf, signedFiles, templateOf } from './support/stores';
import type { Container } from './traps/trap';

/** The variables of a container as its process gets them, with something plausible where AWS fills in a value. */
function environmentOf(template: CloudFormationTemplate, service: 'Api' | 'Worker', name: string): Record<string, string> {
  const task = resourcesOf(template, 'AWS::ECS::TaskDefinition').find(([id]) => id.startsWith(service));
  const containers: readonly Container[] = task?.[1].Properties.ContainerDefinitions ?? [];
  const container = containers.find(({ Name }) => Name === name);
  const plain = (container?.Environment ?? []).map(({ Name, Value }) => [Name, asDeployed(Name, Value)] as const);
  const secrets = (container?.Secrets ?? []).map(({ Name }) => [Name, secretOf(Name)] as const);
  return Object.fromEntries([['AWS_REGION', 'us-east-1'], ...plain, ...secrets]);
}

const secretOf = (name: string): string =>
  name === environment.signingKey ? privateKey : '{"username":"store_admin","password":"x"}';

function asDeployed(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  const joined = (value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'];
  if (joined) return joined[1].map((part) => asDeployed(name, part)).join(joined[0]);
  return name.startsWith('QUEUE_')
    ? 'https://sqs.us-east-1.amazonaws.com/111122223333/queue'
    : 'part.us-east-1.rds.amazonaws.com';
}

describe.each(tierNames)('in the %s size', (tier) => {
  test('the API finds every variable that it reads', () => {
    const { database, cache, listen } = readApiEnvironment(environmentOf(templateOf(tier), 'Api', 'api'));
    expect(database).toMatchObject({ user: 'store_app', name: 'store', login: 'iam' });
    expect(database.readers).toHaveLength(resourcesOf(templateOf(tier), 'AWS::RDS::DBInstance').length - 1);
    expect(cache).toMatchObject({ user: 'shop-app-redis', login: 'iam' });
    expect(listen.port).toBe(8080);
  });

  test('the worker finds its database, the URL of every queue and the site', () => {
    const { queueUrls, database, siteUrl, apiUrl } = readWorkerEnvironment(environmentOf(templateOf(tier), 'Worker', 'worker'));
    expect(Object.keys(queueUrls)).toEqual(Object.keys(queues));
    expect(database).toMatchObject({ user: 'store_worker', login: 'iam' });
    expect(siteUrl).toMatch(/^https:/);
    expect(apiUrl).toMatch(/^https:/);
  });

  test.each(['Api', 'Worker'] as const)('the migrations before the %s find the primary and the master secret', (service) => {
    const { database, master } = readMigrationsEnvironment(environmentOf(templateOf(tier), service, 'migrations'));
    expect(database.direct.host).toContain('rds.amazonaws.com');
    expect(master?.username).toBe('store_admin');
  });

  test('`npm run admin` finds the two containers that it starts otherwise, the second after the first, and the worker’s role', () => {
    const [, task] = resourcesOf(templateOf(tier), 'AWS::ECS::TaskDefinition').find(([id]) => id.startsWith('Worker')) ?? [];
    const containers = (task?.Properties.ContainerDefinitions ?? []) as Container[];
    expect(containers.map(({ Name, DependsOn }) => [Name, DependsOn])).toEqual([
      ['migrations', undefined],
      ['worker', [{ Condition: 'SUCCESS', ContainerName: 'migrations' }]],
    ]);
    expect(readMigrationsEnvironment(environmentOf(templateOf(tier), 'Worker', 'migrations')).user).toBe('store_worker');
  });

  test('`npm run import` finds the bucket of files beside the worker, and nobody imports beside the API', () => {
    expect(readMigrationsEnvironment(environmentOf(templateOf(tier), 'Worker', 'migrations')).filesBucket).toBeDefined();
    expect(readMigrationsEnvironment(environmentOf(templateOf(tier), 'Api', 'migrations')).filesBucket).toBeUndefined();
  });
});

describe('in a store that takes payments, sends e-mails and reports errors', () => {
  const template = templateOf('small', { ...outsideServices, ...signedFiles });
  const api = readApiEnvironment(environmentOf(template, 'Api', 'api'));
  const worker = readWorkerEnvironment(environmentOf(template, 'Worker', 'worker'));

  test('API and worker find both keys of Stripe and the DSN', () => {
    for (const { stripe, sentryDsn } of [api, worker]) {
      expect(stripe).toEqual({ secretKey: expect.any(String), webhookSecret: expect.any(String), api: undefined });
      expect(sentryDsn).toBe(outsideServices.sentryDsn);
    }
  });

  test('the API finds its captcha', () => {
    expect(api.captcha).toEqual({ provider: 'turnstile', secretKey: expect.any(String), api: undefined });
  });

  test('the API finds by what CloudFront serves files', () => {
    expect(api.cdnLinks).toEqual({
      url: expect.stringMatching(/^https:/),
      keyId: expect.any(String),
      privateKey: expect.anything(),
    });
  });

  test('the worker finds its sender', () => {
    expect(worker.emailFrom).toBe(outsideServices.emailFrom);
  });
});

test('without these settings nothing is paid, sent or reported', () => {
  const { stripe, sentryDsn, emailFrom } = readWorkerEnvironment(environmentOf(templateOf('small'), 'Worker', 'worker'));
  expect({ stripe, sentryDsn, emailFrom }).toEqual({ stripe: undefined, sentryDsn: undefined, emailFrom: undefined });
});

test('each container starts a file that the image has', () => {
  const dockerfile = readFileSync(join(__dirname, '../services/image/Dockerfile'), 'utf8');
  const started = resourcesOf(templateOf('medium'), 'AWS::ECS::TaskDefinition').flatMap(([, { Properties }]) =>
    (Properties.ContainerDefinitions as Container[]).map(({ Command }) => Command?.[1] ?? ''),
  );
  expect(new Set(started)).toEqual(new Set(Object.values(entryPoints)));
  for (const file of [...started, picturesProgram, `./${codecsFolder}`]) expect(dockerfile).toContain(file);
});

test('the image has the Node of the scripts and tests', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  expect(readFileSync(join(__dirname, '../services/image/Dockerfile'), 'utf8')).toMatch(
    new RegExp(`/node:${devDependencies.node}-`),
  );
});

test('containers get the time to stop that the services count on, within Fargate’s two minutes', () => {
  for (const [, { Properties }] of resourcesOf(templateOf('small'), 'AWS::ECS::TaskDefinition')) {
    const main = (Properties.ContainerDefinitions as Container[]).find(({ Name }) => Name !== 'migrations');
    if (main?.Name === 'rotation') continue; // nobody stops it
    expect(main?.StopTimeout).toBe(stopTimeoutSeconds);
  }
  expect(stopTimeoutSeconds).toBeLessThanOrEqual(120);
});
