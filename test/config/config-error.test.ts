import { ConfigError } from '../../lib/config/config-error';
import { acme, errorOf, linesOf, region } from './problems';

const choices = [
  '--context tier=small       1,000 orders a month, 1,000-5,000 users, up to 100 USD',
  '--context tier=medium      10,000 orders a month, 10,000-50,000 users, up to 500 USD',
  '--context tier=large       100,000 orders a month, 100,000+ concurrent users, up to 3,000 USD',
  '--context tier=enterprise  1,000,000 orders a month, 1M-5M users, up to 8,500 USD',
].join(' → ');

const pinned = { acme: { region, tier: 'small' } };
const formatLiteral = 'npx cdk diff --context tier=medium --context changeTier=small:medium shows what the change replaces';
const change = `--context tier=medium --context changeTier=small:medium → ${formatLiteral}`;

describe('what stands on the command line', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['no size', { stores: { acme: { region } } }, `tier is not given; choose one → ${choices}`],
    ['a misspelt size', { tier: 'lrage', stores: { acme: { region } } }, `tier is "lrage"; did you mean large? → ${choices}`],
    ['an unknown size', { tier: 'xxl', stores: { acme: { region } } }, `tier is "xxl"; there is no such size → ${choices}`],
    ['a size that is no text', { tier: true, stores: { acme: { region } } }, `tier is true; there is no such size → ${choices}`],
    [
      'another size than the pinned one',
      { tier: 'medium', stores: pinned },
      `changeTier is not given; the store is pinned to small and medium is requested; confirm the change → ${change}`,
    ],
    [
      'another change than the one that is asked for',
      { tier: 'medium', changeTier: 'medium:small', stores: pinned },
      `changeTier is "medium:small"; the store is pinned to small and medium is requested; confirm the change → ${change}`,
    ],
    [
      'a change where the size stays',
      { changeTier: 'small:medium', stores: pinned },
      'changeTier is "small:medium"; the size does not change: small is pinned and requested → leave it out',
    ],
    [
      'a change where no size is pinned',
      acme({}, { changeTier: 'small:medium' }),
      'changeTier is "small:medium"; the size does not change: cdk.json pins no size → leave it out',
    ],
    [
      'a misspelt key',
      acme({}, { imageURL: 'store:2' }),
      'imageURL is not a context key; did you mean imageUri? → --context imageUri=store:2',
    ],
    [
      'an unknown key',
      acme({}, { environment: 'prod' }),
      'environment is not a context key; allowed are tier, store, changeTier, stores, imageUri, stage and those of the CDK → leave it out',
    ],
    [
      'an image whose tag moves',
      acme({}, { imageUri: 'store:latest' }),
      'imageUri is "store:latest"; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → --context imageUri=111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2',
    ],
    ['an unknown store', acme({}, { store: 'acne' }), 'store is "acne"; did you mean acme? → --context store=acme'],
    [
      'no store where there are two',
      { tier: 'small', stores: { acme: { region }, staging: { region } } },
      'store is not given; cdk.json has 2 stores; choose one → --context store=acme → --context store=staging',
    ],
  ])('%s is refused', (_, context, line) => {
    expect(linesOf(context)).toEqual([line]);
  });
});

describe('stores in cdk.json', () => {
  const lines = '"context": { "stores": { "acme": { "region": "us-east-1", "alarmEmail": "ops@example.com" } } }';

  test.each<[string, Record<string, unknown>, string]>([
    ['that are missing', { tier: 'small' }, `stores is not given; cdk.json names the stores to deploy → ${lines}`],
    ['that are empty', { tier: 'small', stores: {} }, `stores is empty; cdk.json names the stores to deploy → ${lines}`],
    [
      'that are a list',
      { tier: 'small', stores: ['acme'] },
      `stores is ["acme"]; cdk.json names the stores to deploy → ${lines}`,
    ],
    [
      'with a name that AWS refuses',
      { tier: 'small', stores: { 'Acme_Shop--': { region } } },
      'stores.Acme_Shop-- is a name of 11 characters; at most 25 lower-case letters, digits and single hyphens are allowed, starting with a letter: AWS resource names contain it → "acme-shop": { ... }',
    ],
    [
      'with a name that makes others too long',
      { tier: 'small', stores: { ['a'.repeat(26)]: { region } } },
      `stores.${'a'.repeat(26)} is a name of 26 characters; at most 25 lower-case letters, digits and single hyphens are allowed, starting with a letter: AWS resource names contain it → "${'a'.repeat(25)}": { ... }`,
    ],
    [
      'without a region',
      { tier: 'small', stores: { acme: {} } },
      'stores.acme.region is missing; a commercial region of AWS, such as us-east-1 or eu-west-1, is allowed; China, GovCloud and the European Sovereign Cloud are other partitions → "region": "us-east-1"',
    ],
    [
      'that are text',
      { tier: 'small', stores: { acme: 'us-east-1' } },
      'stores.acme is "us-east-1"; an object is allowed → "acme": { "region": "us-east-1" }',
    ],
  ])('%s are refused', (_, context, line) => {
    expect(linesOf(context)).toEqual([line]);
  });

  test('with a key that is no setting are refused with the one that is near', () => {
    expect(linesOf(acme({ alarmMail: 'ops@example.com', database: { throughputMiBps: 600 } }))).toEqual([
      'stores.acme.alarmMail is not a setting; did you mean alarmEmail? → "alarmEmail": "ops@example.com"',
      'stores.acme.database.throughputMiBps is not a setting; it follows from iops: 16 KiB a read or write, 500 MiB/s at the least → leave it out',
    ]);
  });

  test('with a key of old, or one that a part does without, are told what to write', () => {
    expect(linesOf(acme({ cache: { clusterMode: true }, jobsCache: { engine: 'valkey', mode: 'cluster' } }))).toEqual([
      'stores.acme.cache.clusterMode is not a setting; it is called mode now: "mode": "cluster" in place of true, "mode": "single" in place of false → leave it out',
      'stores.acme.jobsCache.engine is not a setting; it is that of cacheEngine → leave it out',
      'stores.acme.jobsCache.mode is not a setting; it is always single: BullMQ speaks no cluster protocol → leave it out',
    ]);
  });

  test('with parts of an object missing are told each of them', () => {
    expect(linesOf(acme({ night: { stopAt: '22:00' } }))).toEqual([
      'stores.acme.night.startAt is missing; a time of day such as 22:00 is allowed → "startAt": "06:00"',
      'stores.acme.night.timeZone is missing; an IANA time zone is allowed → "timeZone": "Europe/Berlin"',
    ]);
  });

  test('with keys that JavaScript treats specially are refused and change nothing', () => {
    const stores = JSON.parse(
      '{"acme":{"region":"us-east-1","__proto__":{"production":false},"constructor":1,"api":{"__proto__":{"cpu":1}}}}',
    );
    const paths = errorOf({ tier: 'small', stores }).problems.map(({ path }) => path);
    expect(paths).toEqual(['stores.acme.__proto__', 'stores.acme.api.__proto__', 'stores.acme.constructor']);
    expect(({} as { production?: boolean }).production).toBeUndefined();
  });

  test('with an environment variable that JavaScript treats specially are refused', () => {
    const container: unknown = JSON.parse('{"environment":{"LOG_LEVEL":"info","__proto__":"x"}}');
    expect(linesOf(acme({ container }))).toEqual([
      'stores.acme.container.environment is an object; an object of at most 100 environment variables is allowed → "environment": { "LOG_LEVEL": "info" }',
    ]);
  });
});

describe('the message', () => {
  test('tells all problems at once, sorted by path, with the lines to paste', () => {
    const context = {
      tier: 'large',
      stores: { acme: { region, api: { cpu: 2048, memoryMiB: 1024 }, alarmMail: 'ops@example.com' } },
    };
    expect(errorOf(context).message).toBe(`Store "acme" cannot be deployed as "large": 2 problems

  stores.acme.alarmMail       is not a setting; did you mean alarmEmail?
                              → "alarmEmail": "ops@example.com"
  stores.acme.api.memoryMiB   is 1024; Fargate gives 2048 CPU units 4096 to 16384 MiB (steps of 1024)
                              → "memoryMiB": 4096`);
  });

  test('counts a single problem as one', () => {
    expect(errorOf({ stores: { acme: { region } } }).message).toMatch(/^Store "acme" cannot be deployed: 1 problem\n/);
    expect(errorOf({}).message).toMatch(/^No store can be deployed: 1 problem\n/);
  });

  test('gives a long path a line of its own', () => {
    const problem = { rule: 'shape', path: 'stores.acme.'.padEnd(60, 'x'), got: 'is 1', allowed: '2 is allowed', fix: ['2'] };
    expect(new ConfigError('Store "acme"', [problem]).message).toBe(
      `Store "acme": 1 problem\n\n  ${problem.path}\n             is 1; 2 is allowed\n             → 2`,
    );
  });

  test('can be written for any number of problems', () => {
    const problem = { rule: 'shape', path: 'stores.acme.x', got: 'is 1', allowed: '2 is allowed', fix: ['2'] };
    const { message } = new ConfigError(
      'Store "acme"',
      Array.from({ length: 200_000 }, () => problem),
    );
    expect(message).toMatch(/^Store "acme": 200000 problems\n/);
  });

  test('judges by the rules what could be read, and not what could not', () => {
    const settings = { api: { cpu: 'many', memoryMiB: 700 }, database: { multiAz: false } };
    expect(errorOf(acme(settings)).problems.map(({ path }) => path)).toEqual([
      'stores.acme.api.cpu',
      'stores.acme.database.multiAz',
    ]);
  });

  test('escapes what would write on the terminal', () => {
    expect(errorOf(acme({ alarmEmail: '\u001b[2J', '\u001b[31m': 1 })).message).not.toContain('\u001b');
  });
});
