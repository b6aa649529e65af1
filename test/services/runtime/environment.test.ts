import { readApiEnvironment } from '../../../services/api/environment';
import { readMigrationsEnvironment } from '../../../services/migrations/environment';
import { readWorkerEnvironment } from '../../../services/worker/environment';
import { privateKey, publicKey } from '../../constructs/public-key';
import { problemsOf } from '../parts/environment-problems';

const url = (queue: string) => `https://sqs.eu-west-1.amazonaws.com/123456789012/${queue}`;
const queueUrls = {
  QUEUE_EMAIL_URL: url('email'),
  QUEUE_NOTIFICATIONS_URL: url('notifications'),
  QUEUE_PAYMENTS_URL: url('payments.fifo'),
  QUEUE_ANALYTICS_URL: url('analytics'),
};
const api = {
  AWS_REGION: 'eu-west-1',
  STORE_NAME: 'shop',
  DATABASE_HOST: 'proxy.example.com',
  DATABASE_READER_HOSTS: 'one.example.com,two.example.com',
  DATABASE_NAME: 'store',
  DATABASE_USER: 'store_app',
  DATABASE_CONNECTIONS: '10',
  CACHE_HOST: 'cache.example.com',
  CACHE_CLUSTER_MODE: 'true',
  CACHE_USER: 'store-app',
  CACHE_REPLICATION_GROUP: 'store-cache',
  FILES_BUCKET: 'shop-files',
  MEDIA_BUCKET: 'shop-media',
  ...queueUrls,
};
const migrations = { AWS_REGION: 'eu-west-1', DATABASE_DIRECT_HOST: 'primary.example.com', DATABASE_NAME: 'store' };

describe('the environment of the API', () => {
  it('takes the standard ports and IAM log-in unless told otherwise', () => {
    expect(readApiEnvironment(api)).toEqual({
      store: 'shop',
      region: 'eu-west-1',
      listen: { host: '0.0.0.0', port: 8080 },
      limitsUnnamed: true,
      filesBucket: 'shop-files',
      mediaBucket: 'shop-media',
      cdnLinks: undefined,
      database: {
        writer: { host: 'proxy.example.com', port: 5432 },
        readers: [
          { host: 'one.example.com', port: 5432 },
          { host: 'two.example.com', port: 5432 },
        ],
        name: 'store',
        user: 'store_app',
        connections: 10,
        login: 'iam',
        region: 'eu-west-1',
      },
      cache: {
        endpoint: { host: 'cache.example.com', port: 6379 },
        clusterMode: true,
        user: 'store-app',
        replicationGroup: 'store-cache',
        login: 'iam',
        region: 'eu-west-1',
      },
      queueUrls: {
        email: url('email'),
        notifications: url('notifications'),
        payments: url('payments.fifo'),
        analytics: url('analytics'),
      },
      stripe: undefined,
      sentryDsn: undefined,
      traces: undefined,
      switchedOff: [],
      captcha: undefined,
      cors: { origins: [], otherSites: false },
    });
  });

  it('takes origins and a captcha', () => {
    const origins = ['https://www.shop.example', 'http://localhost:3000'];
    const given = {
      CORS_ORIGINS: origins.join(','),
      CORS_OTHER_SITES: 'true',
      CAPTCHA_PROVIDER: 'hcaptcha',
      CAPTCHA_SECRET_KEY: 'x',
    };
    const { cors, captcha } = readApiEnvironment({ ...api, ...given, CAPTCHA_API_URL: 'http://127.0.0.1:1/siteverify' });
    expect(cors).toEqual({ origins, otherSites: true });
    expect(captcha).toEqual({ provider: 'hcaptcha', secretKey: 'x', api: new URL('http://127.0.0.1:1/siteverify') });
  });

  it('takes what is switched off', () => {
    expect(readApiEnvironment({ ...api, SWITCHED_OFF: 'rate-limits,email' }).switchedOff).toEqual(['rate-limits', 'email']);
  });

  it('has no readers where the variable is empty', () => {
    expect(readApiEnvironment({ ...api, DATABASE_READER_HOSTS: '' }).database.readers).toEqual([]);
  });

  it('reports every problem at once', () => {
    expect(
      problemsOf(() => readApiEnvironment({ ...api, DATABASE_HOST: '', DATABASE_CONNECTIONS: 'ten', CACHE_USER: undefined })),
    ).toEqual(['DATABASE_HOST is empty', 'DATABASE_CONNECTIONS is not a whole number', 'CACHE_USER is missing']);
  });

  it.each([
    ['a host that is no name', { DATABASE_HOST: 'postgres://a/b' }, 'DATABASE_HOST is not a host name'],
    ['no connection at all', { DATABASE_CONNECTIONS: '0' }, 'DATABASE_CONNECTIONS is less than 1'],
    ['a mode that is neither', { CACHE_CLUSTER_MODE: 'yes' }, 'CACHE_CLUSTER_MODE must be "true" or "false"'],
    ['an origin that is none', { CORS_ORIGINS: 'https://shop.example,null' }, 'CORS_ORIGINS is not a list of origins'],
    ['every origin', { CORS_ORIGINS: '*' }, 'CORS_ORIGINS is not a list of origins'],
    [
      'a switch that there is not',
      { SWITCHED_OFF: 'email,orders' },
      'SWITCHED_OFF has other names than rate-limits, email, notifications, payments, analytics',
    ],
    ['a captcha of nobody', { CAPTCHA_PROVIDER: 'recaptcha' }, 'CAPTCHA_PROVIDER must be one of turnstile, hcaptcha'],
    [
      'a captcha without its key',
      { CAPTCHA_PROVIDER: 'turnstile' },
      'CAPTCHA_PROVIDER and CAPTCHA_SECRET_KEY must be set together: set both or neither',
    ],
    [
      'a stand-in elsewhere',
      { CAPTCHA_API_URL: 'https://captcha.example' },
      'CAPTCHA_API_URL is for localhost and 127.0.0.1 only; remove it',
    ],
    ['a port beyond the last', { PORT: '70000' }, 'PORT is more than 65535'],
  ])('refuses %s', (_, variables, problem) => {
    expect(problemsOf(() => readApiEnvironment({ ...api, ...variables }))).toContain(problem);
  });
});

describe('a log-in without TLS and token', () => {
  const local = { DATABASE_HOST: '127.0.0.1:55432', DATABASE_READER_HOSTS: '', CACHE_HOST: 'localhost' };

  it('is allowed on loopback, at any port', () => {
    const environment = readApiEnvironment({ ...api, ...local, DATABASE_AUTH: 'none', CACHE_AUTH: 'none' });
    expect(environment.database).toMatchObject({ login: 'none', writer: { host: '127.0.0.1', port: 55432 } });
    expect(environment.cache.login).toBe('none');
  });

  it.each([
    ['the writer', { DATABASE_HOST: 'primary.example.com', DATABASE_AUTH: 'none' }, 'DATABASE_AUTH'],
    ['one reader', { DATABASE_READER_HOSTS: 'localhost,one.example.com', DATABASE_AUTH: 'none' }, 'DATABASE_AUTH'],
    ['the cache', { CACHE_HOST: 'cache.example.com', CACHE_AUTH: 'none' }, 'CACHE_AUTH'],
    ['a name that only begins like loopback', { DATABASE_HOST: '127.0.0.1.example.com', DATABASE_AUTH: 'none' }, 'DATABASE_AUTH'],
  ])('is refused when %s is elsewhere', (_, variables, variable) => {
    expect(problemsOf(() => readApiEnvironment({ ...api, ...local, ...variables }))).toEqual([
      `${variable} is "none", which is only allowed for localhost and 127.0.0.1; remove it`,
    ]);
  });

  it('is refused for the migrations when the primary is elsewhere', () => {
    expect(problemsOf(() => readMigrationsEnvironment({ ...migrations, DATABASE_AUTH: 'none' }))).toHaveLength(1);
  });
});

describe('payments', () => {
  const keys = { STRIPE_SECRET_KEY: 'sk', STRIPE_WEBHOOK_SECRET: 'whsec' };

  it('go to Stripe with both of its secrets', () => {
    expect(readApiEnvironment({ ...api, ...keys }).stripe).toEqual({ secretKey: 'sk', webhookSecret: 'whsec', api: undefined });
  });

  it.each(['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'])('are refused with %s alone', (name) => {
    expect(problemsOf(() => readApiEnvironment({ ...api, [name]: 'hidden' }))).toEqual([
      'STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET must be set together: set both or neither',
    ]);
  });

  it('go to a stand-in on loopback only', () => {
    expect(readApiEnvironment({ ...api, ...keys, STRIPE_API_URL: 'http://127.0.0.1:9' }).stripe?.api?.port).toBe('9');
    expect(problemsOf(() => readApiEnvironment({ ...api, ...keys, STRIPE_API_URL: 'http://stripe.example.com' }))).toEqual([
      'STRIPE_API_URL is for localhost and 127.0.0.1 only; remove it',
    ]);
  });
});

describe('links to files', () => {
  const links = { FILES_SIGNING_KEY_ID: 'K2JCJMDEHXQW5F', FILES_SIGNING_KEY: privateKey, FILES_URL: 'https://shop.example.com' };

  it('are signed for CloudFront with its key and its address', () => {
    const { cdnLinks } = readApiEnvironment({ ...api, ...links });
    expect(cdnLinks).toMatchObject({ keyId: 'K2JCJMDEHXQW5F', url: 'https://shop.example.com' });
    expect(cdnLinks?.privateKey.type).toBe('private');
  });

  it.each(Object.keys(links))('are refused without %s', (name) => {
    expect(problemsOf(() => readApiEnvironment({ ...api, ...links, [name]: undefined }))).toEqual([
      'FILES_SIGNING_KEY_ID, FILES_SIGNING_KEY and FILES_URL must be set together: set all or none',
    ]);
  });

  it('are refused with what is no private key, which is not repeated', () => {
    expect(problemsOf(() => readApiEnvironment({ ...api, ...links, FILES_SIGNING_KEY: publicKey }))).toEqual([
      'FILES_SIGNING_KEY is no private key in PEM, RSA of 2048 bits or ECDSA P-256',
    ]);
  });
});

describe('the environment of the worker', () => {
  const worker = { ...api, SITE_URL: 'https://www.example.com/shop', API_URL: 'https://api.example.com' };

  it('names the queue whose URL is missing', () => {
    expect(problemsOf(() => readWorkerEnvironment({ ...worker, QUEUE_PAYMENTS_URL: undefined }))).toEqual([
      'QUEUE_PAYMENTS_URL is not a URL',
    ]);
  });

  it('has the sender if there is one, and the address of the site', () => {
    expect(readWorkerEnvironment(worker)).toMatchObject({
      emailFrom: undefined,
      siteUrl: worker.SITE_URL,
      apiUrl: worker.API_URL,
    });
    expect(readWorkerEnvironment({ ...worker, EMAIL_FROM: 'shop@example.com' }).emailFrom).toBe('shop@example.com');
  });

  it.each(['https://www.example.com/', 'www.example.com', 'https://www.example.com?a', 'https://www.example.com#a'])(
    'refuses %s as the address of the site or of the API',
    (address) => {
      const problems = problemsOf(() => readWorkerEnvironment({ ...worker, SITE_URL: address, API_URL: address }));
      const wrong = 'is no http address without a slash, a query or a # at its end';
      expect(problems).toEqual([`SITE_URL ${wrong}`, `API_URL ${wrong}`]);
    },
  );
});

describe('the environment of the migrations', () => {
  it('has no master once the secret is gone', () => {
    expect(readMigrationsEnvironment(migrations).master).toBeUndefined();
  });

  const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x-AbCdEf';

  it('knows which roles it sees to, and by which secrets; without any they log in by IAM', () => {
    expect(readMigrationsEnvironment(migrations)).toMatchObject({
      user: undefined,
      handed: [],
      urlSecrets: new Map(),
      userSecrets: new Map(),
      proxy: undefined,
      passwordSecrets: new Map(),
    });
    const more = {
      DATABASE_USER: 'store_app',
      DATABASE_PASSWORD_SECRETS: `store_app=${arn},store_migrations=${arn}2`,
      DATABASE_PASSWORD_HANDED_TO: 'store_app=shop/api,store_worker=shop/worker',
      DATABASE_URL_SECRETS: `store_app=${arn}3`,
      DATABASE_USER_SECRETS: `store_app_b=${arn}4`,
      DATABASE_HOST: 'proxy.example.com',
    };
    expect(readMigrationsEnvironment({ ...migrations, ...more })).toMatchObject({
      user: 'store_app',
      handed: [
        { role: 'store_app', cluster: 'shop', service: 'api' },
        { role: 'store_worker', cluster: 'shop', service: 'worker' },
      ],
      urlSecrets: new Map([['store_app', `${arn}3`]]),
      userSecrets: new Map([['store_app_b', `${arn}4`]]),
      proxy: { host: 'proxy.example.com', port: 5432 },
      passwordSecrets: new Map([
        ['store_app', arn],
        ['store_migrations', `${arn}2`],
      ]),
    });
  });

  it.each([
    [{ DATABASE_USER: 'somebody' }, 'DATABASE_USER is no role of the store'],
    [{ DATABASE_PASSWORD_SECRETS: 'store_app' }, 'DATABASE_PASSWORD_SECRETS is not a list of role=ARN'],
    [{ DATABASE_PASSWORD_SECRETS: `somebody=${arn}` }, 'DATABASE_PASSWORD_SECRETS is no role of the store'],
    [{ DATABASE_PASSWORD_HANDED_TO: 'api' }, 'DATABASE_PASSWORD_HANDED_TO is not a list of role=cluster/service'],
    [{ DATABASE_PASSWORD_HANDED_TO: 'store_app=api' }, 'DATABASE_PASSWORD_HANDED_TO is not a list of role=cluster/service'],
    [{ DATABASE_URL_SECRETS: 'somebody=arn' }, 'DATABASE_URL_SECRETS is no role of the store'],
    [{ DATABASE_USER_SECRETS: 'store_admin=arn' }, 'DATABASE_USER_SECRETS is no user of the store'],
  ])('refuses %j', (more, problem) => {
    expect(problemsOf(() => readMigrationsEnvironment({ ...migrations, ...more }))).toEqual([problem]);
  });

  it('takes user and password from the secret and leaves the rest of it', () => {
    const secret = JSON.stringify({ username: 'master', password: 'hidden', engine: 'postgres', port: 5432 });
    expect(readMigrationsEnvironment({ ...migrations, DATABASE_MASTER_SECRET: secret }).master).toEqual({
      username: 'master',
      password: 'hidden',
    });
  });

  it.each(['hunter2', '{"username":"master","secret":"hunter2"}', '["hunter2"]'])(
    'does not quote the unusable secret %s',
    (secret) => {
      expect(problemsOf(() => readMigrationsEnvironment({ ...migrations, DATABASE_MASTER_SECRET: secret }))).toEqual([
        'DATABASE_MASTER_SECRET is not JSON with a username and a password',
      ]);
    },
  );
});
