import * as fc from 'fast-check';
import { ConfigError } from '../../lib/config/config-error';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import type { AppConfig, StoreConfig } from '../../lib/config/store-config';
import { regionNames } from '../../lib/facts/regions';
import { cacheLogins, cacheModes, tierNames } from '../../lib/tiers/tier';
import { brokenRules } from './broken-rules';
import { brokenShapes } from './broken-shapes';
import { domain, drop, night, vpc } from './good-parts';
import { now, settingKeys, withSetting } from './problems';

const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });

describe('whatever stands in the context', () => {
  test('makes a configuration or a ConfigError that can be read', () => {
    fc.assert(
      fc.property(fc.oneof(json, fc.dictionary(fc.string(), json)), fc.option(json, { nil: undefined }), (stores, tier) => {
        expect(['a configuration', 'problems']).toContain(outcome({ stores, tier }));
      }),
      { numRuns: 300 },
    );
  });

  test.each<[string, () => unknown]>([
    ['nesting 100,000 deep', () => nested(100_000)],
    ['a list of 100,000 numbers', () => Array.from({ length: 100_000 }, (_, index) => index)],
    ['text of a million characters', () => 'a@'.repeat(500_000)],
    ['NaN', () => Number.NaN],
    ['the largest number', () => Number.MAX_VALUE],
    ['a circle', circle],
    ['a function', () => () => 0],
    ['a big integer', () => 10n ** 50n],
    ['a symbol', () => Symbol('x')],
    ['an object that cannot be written', () => ({ toJSON: () => fail(), toString: () => fail() })],
  ])('%s in the place of any setting is a problem', (_, value) => {
    for (const key of settingKeys()) {
      expect(outcome({ tier: 'medium', stores: { acme: withSetting({ region: 'us-east-1' }, key, value()) } })).toBe('problems');
    }
    expect(outcome({ tier: value(), stores: { acme: { region: 'us-east-1' } } })).toBe('problems');
  });
});

describe('settings that are mostly good', () => {
  test('make a configuration or a ConfigError, and what is made makes itself again', () => {
    let made = 0;
    fc.assert(
      fc.property(fc.constantFrom(...tierNames), settings, (tier, given) => {
        const config = attempt({ tier, stores: { acme: given } });
        if (config instanceof ConfigError) return;
        made++;
        expect(attempt({ tier, stores: { acme: settingsOf(config) } })).toEqual(config);
      }),
      { numRuns: 1_000, seed: 20_261_120 },
    );
    expect(made).toBeGreaterThan(100); // or the property says little
  });
});

/** Good settings, each present or not, and then up to two bad ones of the tables. */
const settings: fc.Arbitrary<object> = fc
  .tuple(
    fc.record(
      {
        region: fc.constantFrom(...regionNames.slice(0, 3), 'us-east-1', 'eu-west-1', 'us-west-1'),
        production: fc.boolean(),
        alarmEmail: fc.constant('ops@example.com'),
        alarmActions: fc.boolean(),
        alarmSlack: fc.constant({ workspaceId: 'T0123456789', channelId: 'C0123456789' }),
        alarmTopics: fc.constantFrom('page', 'ticket'), // becomes a topic of the store's region below
        payments: fc.constant('stripe'), // becomes a secret of the store's region below
        emailFrom: fc.constant('orders@shop.example.com'),
        siteUrl: fc.constant('https://www.example.com/shop'),
        sentryDsn: fc.constant('https://0123456789abcdef@errors.example.com/1'),
        traces: fc.record({ sampledPercent: fc.constantFrom(0.01, 10, 100) }, { requiredKeys: [] }),
        corsOrigins: fc.constantFrom([], ['https://www.example.com'], ['https://elsewhere.example.net:8443']),
        protection: fc.record({ challenge: fc.boolean() }),
        runbooksUrl: fc.constant('https://example.com/runbooks'),
        alarms: fc.record({ diagnostics: fc.boolean() }),
        zones: fc.constantFrom(2, 3, ['us-east-1a', 'us-east-1b']),
        cidr: fc.constantFrom('10.1.0.0/16', '172.16.32.0/20'),
        vpc: fc.constant(vpc),
        domain: fc.constant(domain),
        night: fc.constant(night),
        drops: fc.constantFrom([], [drop], [{ ...drop, to: '2026-11-01T00:00:00Z', from: '2026-10-01T00:00:00Z' }]),
        postgres: fc.constantFrom('17', '18'),
        app: fc.constantFrom<object[]>(
          {},
          {},
          { worker: 'store' },
          { api: { image: 'api:1', needs: ['database'], rendersSite: true } },
          {
            api: { image: 'api:1' },
            worker: 'none',
            migrations: { image: 'api:1', command: ['migrate'] },
            site: { image: 'site:1' },
          },
        ),
        cacheEngine: fc.constantFrom('redis', 'valkey'),
        tags: fc.constant({ team: 'shop', 'cost center': '' }),
        usage: fc.record(
          { orders: fc.nat(10_000), pictures: fc.nat(10_000), cdnHitRate: fc.double({ min: 0, max: 0.99, noNaN: true }) },
          { requiredKeys: [] },
        ),
        budget: fc.record(
          { usdPerMonth: fc.integer({ min: 1, max: 9_999 }), costTag: fc.constant('store$acme') },
          { requiredKeys: [] },
        ),
        costAnomalies: fc.record({ fromUsd: fc.integer({ min: 1, max: 999 }) }, { requiredKeys: [] }),
        acceptRisk: fc.constant('rebuilt from scratch every night'),
        network: fc.record({ natGateways: fc.integer({ min: 0, max: 3 }) }),
        api: fc.record(
          { minTasks: fc.integer({ min: 1, max: 4 }), maxTasks: fc.integer({ min: 4, max: 90 }) },
          { requiredKeys: [] },
        ),
        database: fc
          .record(
            {
              storageGb: fc.integer({ min: 20, max: 800 }),
              iops: fc.integer({ min: 12_000, max: 64_000 }),
              readReplicas: fc.integer({ min: 0, max: 3 }),
              multiAz: fc.boolean(),
              proxy: fc.boolean(),
              login: fc.constantFrom('iam', 'iam', 'iam', 'password'),
            },
            { requiredKeys: [] },
          )
          .map((given) =>
            Object.assign(
              {},
              given,
              'iops' in given && { storageGb: Math.max(400, given.storageGb ?? 0) },
              given.login === 'password' && { proxy: false },
            ),
          ),
        cache: fc.record(
          {
            mode: fc.constantFrom(...cacheModes),
            login: fc.constantFrom(...cacheLogins),
            shards: fc.integer({ min: 1, max: 3 }),
            replicasPerShard: fc.integer({ min: 0, max: 5 }),
          },
          { requiredKeys: [] },
        ),
        jobsCache: fc.record({ replicas: fc.integer({ min: 0, max: 5 }) }, { requiredKeys: [] }),
        logs: fc.record({ retentionDays: fc.constantFrom(7, 30, 365) }),
      },
      { requiredKeys: ['region'] },
    ),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.subarray(
          brokenRules.map(([, given]) => given),
          { maxLength: 2 },
        ),
      },
    ),
    fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray([...brokenShapes], { maxLength: 2 }) },
    ),
    fc.subarray(['zones', 'cidr', 'vpc', 'domain', 'night'], { minLength: 2 }), // what seldom goes together
  )
  .map(([good, rulesBroken, shapesBroken, left]) => {
    const kept = Object.fromEntries(Object.entries(good).filter(([key]) => !left.includes(key)));
    const { alarmTopics: kind, payments: secret, region } = good;
    const alarmTopics = kind && { alarmTopics: { [kind]: [`arn:aws:sns:${region}:111122223333:on-call`] } };
    const payments = secret && {
      payments: { stripeSecretArn: `arn:aws:secretsmanager:${region}:111122223333:secret:${secret}-AbCdEf` },
    };
    const mixed: object = Object.assign({}, kept, alarmTopics, payments, ...rulesBroken);
    return shapesBroken.reduce((whole, [key, value]) => withSetting(whole, key, value), mixed);
  });

function attempt(context: Record<string, unknown>): StoreConfig | ConfigError {
  try {
    return loadStoreConfig(context, { now });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function outcome(context: Record<string, unknown>): 'a configuration' | 'problems' | 'an unreadable error' {
  const result = attempt(context);
  if (!(result instanceof ConfigError)) return 'a configuration';
  const longest = Math.max(...result.message.split('\n').map(({ length }) => length));
  return result.problems.length > 0 && longest < 1_500 ? 'problems' : 'an unreadable error';
}

/** Every setting that a configuration spells out; loading them must give the configuration again. */
function settingsOf(store: StoreConfig): object {
  const { alerts, alarms, cors, network, app, api, worker, database, cache, jobsCache, ...config } = store;
  const { existingVpc, natGateways, cidr, zones, cloudFrontPrefixList } = network;
  return defined({
    ...without(config, 'name', 'tier', 'acceptedRisks', 'notices', 'servicesImageUri', 'cdn', 'serves'),
    alarmEmail: alerts.email,
    alarmSlack: alerts.slack,
    alarmActions: alarms.actionsEnabled,
    alarmTopics: {
      ...(alarms.pageActions.length > 0 && { page: alarms.pageActions }),
      ...(alarms.ticketActions.length > 0 && { ticket: alarms.ticketActions }),
    },
    corsOrigins: cors.origins,
    runbooksUrl: alarms.runbooksUrl,
    alarms: { diagnostics: alarms.diagnostics },
    network: { natGateways },
    ...(existingVpc ? { vpc: existingVpc } : { cidr, zones }),
    cloudFrontPrefixList,
    servicesImage: config.servicesImageUri,
    app: defined(Object.fromEntries(Object.entries(app).map(([name, program]) => [name, asSettings(program)]))),
    night: api.night,
    drops: api.drops,
    api: without(api, 'night', 'drops'),
    worker: without(worker, 'night', 'drops'),
    database: without(database, 'engineVersion', 'throughputMiBps', 'snapshotIdentifier'),
    postgres: database.engineVersion,
    restoreFromSnapshot: database.snapshotIdentifier,
    cache: without(cache, 'engine', 'modeIsGiven', ...(cache.modeIsGiven ? [] : ['mode' as const])),
    jobsCache: jobsCache && without(jobsCache, 'engine'),
    cacheEngine: cache.engine,
    acceptRisk: config.acceptedRisks[0]?.reason,
  });
}

function asSettings(program: AppConfig[keyof AppConfig]): unknown {
  return typeof program === 'object' ? { ...without(program, 'imageUri'), image: program.imageUri } : program;
}

function without<T extends object>(value: T, ...keys: readonly (keyof T & string)[]): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.some((left) => left === key)));
}

function defined(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object;
}

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { api: value };
  return value;
}

function circle(): unknown {
  const value: Record<string, unknown> = {};
  value['api'] = value;
  return value;
}

function fail(): never {
  throw new TypeError('nobody may write this value');
}
