import { templateOf } from '../../support/stores';
import { between, edit, lines } from './changed-store';

const theirs = { container: { image: 'ghcr.io/acme/api:1.0.0' } };

/** What is said of the caches, and what blocks, from one store to another. */
function caches(from: Parameters<typeof templateOf>, to: Parameters<typeof templateOf>) {
  return told(between(templateOf(...from), templateOf(...to)));
}

function told(review: ReturnType<typeof between>) {
  const said = lines(review).filter((line) => /^(jobs-)?cache /.test(line));
  return { verdict: review.verdict, said, blocks: review.blocks.map(({ rule }) => rule), rollback: review.rollback.verdict };
}

describe('another protocol of the cache', () => {
  const single = { cache: { mode: 'single' } };

  test.each([
    ['medium', 'large', 'single → cluster'],
    ['large', 'medium', 'cluster → single'],
  ] as const)('under an image of one’s own stops a change from %s to %s that nobody asked for', (from, to, modes) => {
    const review = between(templateOf(from, theirs), templateOf(to, theirs));
    const [was, is] = modes.split(' → ');
    expect(review.blocks.filter(({ rule }) => rule === 'cache-protocol')).toEqual([
      {
        rule: 'cache-protocol',
        part: 'cache',
        resources: [expect.stringMatching(/^Cacheredis7/)],
        reason: `the cache speaks another protocol (mode ${modes}) under an image of your own (api), which may not know it`,
        workaround: [
          `"cache": { "mode": "${was}" } keeps the protocol`,
          `or "cache": { "mode": "${is}" }, where the change is meant`,
        ],
      },
    ]);
  });

  test('is told as ever where the services are the store’s, which speak both', () => {
    expect(caches(['medium'], ['large']).blocks).toEqual([]);
    expect(caches(['medium'], ['large']).said).toEqual([
      'cache replaced 2 × cache.t4g.medium → 2 × 2 × cache.m7g.large; a new one is created, services switch, the old one is deleted; starts empty, the hit rate recovers in about 10 min',
    ]);
  });

  test.each([
    ['the settings say it', ['medium', theirs], ['large', { ...theirs, cache: { mode: 'cluster' } }]],
    ['the settings keep the old one', ['medium', theirs], ['large', { ...theirs, ...single }]],
    ['the image comes with it', ['medium'], ['large', theirs]],
    ['the cluster only grows', ['large', theirs], ['enterprise', theirs]],
    ['a cache gets replicas', ['small', theirs], ['medium', theirs]],
  ] as const)('stops nothing where %s', (_, from, to) => {
    expect(caches([...from], [...to]).blocks).not.toContain('cache-protocol');
  });

  test('may be meant on the way there, and its rollback is still told', () => {
    const meant = caches(['medium', theirs], ['large', { ...theirs, cache: { mode: 'cluster' } }]);
    expect(meant).toMatchObject({ blocks: [], rollback: 'blocked' });
  });

  test('stops nothing where the image does not ask for the cache', () => {
    expect(told(between(asksForNoCache('medium'), asksForNoCache('large'))).blocks).toEqual([]);
  });

  test('is compared where a cache keeps its logical ID, too', () => {
    const group = 'AWS::ElastiCache::ReplicationGroup';
    const [from, to] = [templateOf('large', theirs), structuredClone(templateOf('large', theirs))];
    edit(group, (properties) => {
      delete properties.NumNodeGroups;
      delete properties.ReplicasPerNodeGroup;
      Object.assign(properties, { NumCacheClusters: 2, Engine: 'valkey', AtRestEncryptionEnabled: false });
    })(to);
    expect(told(between(from, to)).blocks).toContain('cache-protocol');
  });
});

function asksForNoCache(tier: 'medium' | 'large') {
  const template = structuredClone(templateOf(tier, theirs));
  edit('AWS::ECS::TaskDefinition', ({ ContainerDefinitions }) => withoutCache(ContainerDefinitions), 'Api')(template);
  return template;
}

function withoutCache(containers: readonly { Environment?: { Name: string }[] }[]): void {
  for (const container of containers) {
    if (container.Environment) container.Environment = container.Environment.filter(({ Name }) => Name !== 'CACHE_HOST');
  }
}

describe('a log-in to the cache by password', () => {
  const password = { cache: { login: 'password' } };

  test('comes without downtime', () => {
    expect(caches(['medium'], ['medium', password])).toEqual({
      verdict: 'safe',
      said: ['cache added 2 × a secret by which programs log in to the cache'],
      blocks: [],
      rollback: 'downtime',
    });
  });

  test('goes with its secrets, and refuses whoever still uses it', () => {
    expect(caches(['medium', password], ['medium'])).toMatchObject({
      verdict: 'downtime',
      said: [
        'cache restart a user leaves the cache: tasks that log in as it are refused until they are replaced',
        'cache removed 2 × a secret by which programs log in to the cache',
      ],
      blocks: [],
    });
  });

  test('keeps the rule for its password, since no other password would reach the cache', () => {
    const [from, to] = [templateOf('medium', password), structuredClone(templateOf('medium', password))];
    edit(
      'AWS::SecretsManager::Secret',
      ({ GenerateSecretString }) => (GenerateSecretString.PasswordLength = 20),
      'CacheRedisPassword',
    )(to);
    expect(told(between(from, to))).toMatchObject({
      blocks: ['new-password'],
      said: [
        'cache blocked another rule for the password (PasswordLength): Secrets Manager generates a new one, and the cache keeps the old one',
      ],
    });
  });
});

const jobs = (jobsCache: object = {}) => ['medium', { jobsCache }] satisfies Parameters<typeof templateOf>;

describe('a job cache', () => {
  test('is added beside the cache', () => {
    expect(caches(['medium'], jobs())).toMatchObject({
      verdict: 'safe',
      said: [
        'jobs-cache added 2 × a secret by which programs log in to the cache',
        'jobs-cache added 1 × cache.t4g.micro; empty',
      ],
      rollback: 'blocked',
    });
  });

  test('is not removed, also with a last snapshot', () => {
    const { verdict, dataAtRisk, blocks } = between(templateOf(...jobs()), templateOf('medium'));
    expect({ verdict, dataAtRisk }).toEqual({
      verdict: 'blocked',
      dataAtRisk: [expect.stringMatching(/^the content of JobsCacheredis7\w+, except its last snapshot$/)],
    });
    expect(blocks.map(({ rule }) => rule)).toEqual(['data-lost']);
  });

  test('is not replaced by one of another engine', () => {
    expect(caches(jobs(), ['medium', { jobsCache: {}, cacheEngine: 'valkey' }]).blocks).toEqual(['data-lost']);
  });

  test('is told among what stays as it is', () => {
    expect(
      between(templateOf(...jobs()), templateOf('medium', { jobsCache: {}, logs: { retentionDays: 90 } })).unchanged,
    ).toContain('the job cache');
    expect(between(templateOf('medium'), templateOf('medium', { logs: { retentionDays: 90 } })).unchanged).not.toContain(
      'the job cache',
    );
  });

  test.each([
    [
      'a larger node without a replica',
      jobs(),
      jobs({ nodeType: 'cache.t4g.small' }),
      'restart cache.t4g.micro → cache.t4g.small; ElastiCache keeps the jobs by its best effort; unavailable twice for a few seconds, in which programs neither add nor take jobs',
    ],
    [
      'a smaller node with one',
      jobs({ nodeType: 'cache.t4g.small', replicas: 1 }),
      jobs({ replicas: 1 }),
      'failover cache.t4g.small → cache.t4g.micro; ElastiCache keeps the jobs by its best effort; they have to fit in 384 MiB; less than a second of downtime',
    ],
  ])('with %s keeps its jobs by ElastiCache’s best effort', (_, from, to, line) => {
    const review = between(templateOf(...from), templateOf(...to));
    expect(told(review)).toMatchObject({ verdict: 'downtime', said: [`jobs-cache ${line}`], blocks: [] });
    expect(review.before).toContain('Let your programs finish the jobs first, and add none until the deployment has ended');
  });

  test('gets its first replica in two steps', () => {
    const [none, first, both] = [jobs(), jobs({ replicas: 1, failover: false }), jobs({ replicas: 1 })];
    const { blocks } = between(templateOf(...none), templateOf(...both));
    expect(blocks).toMatchObject([
      {
        rule: 'one-node-to-two',
        workaround: [
          '"jobsCache": { "replicas": 1, "failover": false } first',
          'then the same without "failover" in a deployment of its own',
        ],
      },
    ]);
    expect(caches(none, first)).toMatchObject({
      verdict: 'safe',
      said: ['jobs-cache updated nodes 1 → 2, added and removed online'],
    });
    expect(caches(first, both)).toMatchObject({ verdict: 'safe', blocks: [] });
  });

  test('that evicts is told as a loss', () => {
    const [from, to] = [templateOf(...jobs()), structuredClone(templateOf(...jobs()))];
    edit(
      'AWS::ElastiCache::ParameterGroup',
      ({ Properties }) => (Properties['maxmemory-policy'] = 'volatile-lru'),
      'JobsCache',
    )(to);
    expect(told(between(from, to)).said).toContain(
      'jobs-cache security-regression a full cache of jobs loses some of them: it evicts what it holds',
    );
  });

  test('in a new version of its engine does not rely on the database', () => {
    const [from, to] = [templateOf(...jobs()), structuredClone(templateOf(...jobs()))];
    edit(
      'AWS::ElastiCache::ReplicationGroup',
      (properties) => Object.assign(properties, { EngineVersion: '7.2' }),
      'JobsCache',
    )(to);
    expect(told(between(from, to)).said).toEqual([
      'jobs-cache restart engine version 7.1 → 7.2; unavailable meanwhile, and no job is added or taken',
    ]);
  });
});
