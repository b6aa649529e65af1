import { verdictOf } from '../../lib/preflight/check';
import { domain } from '../config/good-parts';
import { xmlError } from '../services/assessor/aws-server';
import { outsideServices, signedFiles } from '../support/stores';
import { type AccountInAws, account } from './account-in-aws';
import { ask, lines } from './ask';

const certificate = (arn: string, fields: object = {}) => ({
  [arn]: { Status: 'ISSUED', DomainName: 'shop.example.com', NotAfter: 1_800_000_000, ...fields },
});
const { cdnCertificateArn: cdn } = domain;
const { payments, protection } = outsideServices;
const { files } = signedFiles;
const { signingKeySecretArn: linkKey } = files;
const stripe = payments.stripeSecretArn;
const captcha = protection.captcha.secretArn;

test('an account that has everything holds', async () => {
  expect(
    await lines(
      {
        certificates: certificate(cdn),
        secrets: { [stripe]: {}, [captcha]: {}, [linkKey]: {} },
        traces: { Destination: 'CloudWatchLogs', Status: 'ACTIVE' },
      },
      { domain, payments, protection, files, traces: {} },
    ),
  ).toEqual([
    'holds credentials: account 111122223333, as arn:aws:iam::111122223333:user/ops',
    'holds region: us-east-1, US East (N. Virginia): on in every account',
    'holds service-linked roles: AWSServiceRoleForECS; AWS makes the others itself',
    'holds CDK bootstrap: version 30',
    expect.stringMatching(/^holds quotas: Fargate vCPU on demand: a quota of 6, the store uses /),
    expect.stringMatching(/^holds quotas: Fargate vCPU Spot: /),
    expect.stringMatching(/^holds quotas: network interfaces: /),
    expect.stringMatching(/^holds quotas: targets of the load balancer: /),
    'holds quotas: VPCs: a quota of 5, the store uses 1',
    'holds quotas: RDS instances: a quota of 40, the store uses 1',
    'holds quotas: GB of RDS storage: a quota of 100,000, the store uses 20',
    'holds quotas: ElastiCache nodes: a quota of 300, the store uses 1',
    'holds quotas: CloudFront distributions: a quota of 500, the store uses 1',
    'holds quotas: CloudFront VPC origins: a quota of 25, the store uses 1',
    'holds zones: us-east-1a (use1-az1)',
    'holds zones: us-east-1b (use1-az2)',
    'holds zones: us-east-1c (use1-az4)',
    "holds CloudFront's prefix list: pl-3b927c52",
    'holds database class: db.t4g.micro with PostgreSQL 18 on gp3, Multi-AZ: in 3 zones',
    'holds cache class: cache.t4g.micro: ElastiCache has it in us-east-1',
    'holds certificates: us-east-1: shop.example.com, until 2027-01-15',
    'holds hosted zone: example.com, public and delegated to Z0123456789',
    'holds domain name: shop.example.com is free',
    `holds secrets: ${stripe}`,
    `holds secrets: ${captcha}`,
    `holds secrets: ${linkKey}`,
    'holds traces: Transaction Search is on in us-east-1: spans go to the log group aws/spans',
    expect.stringMatching(/^holds names: \d+ names are free: databases, /),
    'holds Docker: it runs here, and builds the image',
  ]);
});

const threeZones = (third: readonly [string, string]) => [['us-east-1a', 'use1-az1'], ['us-east-1b', 'use1-az2'], third] as const;

test.each<[string, AccountInAws, object, string]>([
  [
    'no bootstrap',
    { bootstrapVersion: undefined },
    {},
    'fails CDK bootstrap: us-east-1 of this account is not bootstrapped → npx cdk bootstrap --context tier=small',
  ],
  [
    'an old bootstrap',
    { bootstrapVersion: '5' },
    {},
    'fails CDK bootstrap: version 5 is older than 6 → npx cdk bootstrap --context tier=small',
  ],
  [
    'no role for clusters',
    { roles: [] },
    {},
    'fails service-linked roles: AWSServiceRoleForECS is missing, so the first cluster may fail with "Unable to assume the service linked role" → aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com',
  ],
  [
    'a zone without VPC origins',
    { zones: [...threeZones(['us-east-1c', 'use1-az3']), ['us-east-1d', 'use1-az6']] },
    {},
    'fails zones: us-east-1c (use1-az3) has no VPC origins → "zones": ["us-east-1a","us-east-1b","us-east-1d"]',
  ],
  [
    'a zone without RDS Proxy, where there is one',
    { zones: threeZones(['us-east-1c', 'use1-az3']) },
    { database: { proxy: true, login: 'iam', instanceClass: 'db.t4g.small' } },
    'fails zones: us-east-1c (use1-az3) has no VPC origins and no RDS Proxy → "zones": ["us-east-1a","us-east-1b"]',
  ],
  [
    'fewer zones than needed',
    { zones: threeZones(['us-east-1c', 'use1-az4']).slice(0, 2) },
    {},
    'fails zones: 3 are needed, and this account has us-east-1a, us-east-1b → "zones": 2',
  ],
  [
    'a named zone that is not there',
    {},
    { zones: ['us-east-1a', 'us-east-1f'] },
    'fails zones: us-east-1f is not in this account, which has us-east-1a, us-east-1b, us-east-1c → "zones": other names',
  ],
  [
    'another prefix list',
    { prefixList: 'pl-1' },
    {},
    `fails CloudFront's prefix list: the store names pl-3b927c52, and it is pl-1 → "cloudFrontPrefixList": "pl-1"`,
  ],
  [
    'a class that RDS does not offer',
    { classes: {} },
    {},
    'fails database class: RDS does not offer db.t4g.micro with PostgreSQL 18 on gp3, Multi-AZ in us-east-1 → "database": { "instanceClass": another one }',
  ],
  [
    'a class of another major version',
    { classes: { 'db.t4g.micro': { version: '17.2', zones: ['us-east-1a'] } } },
    {},
    'fails database class: RDS does not offer db.t4g.micro with PostgreSQL 18',
  ],
  [
    'a class in one zone',
    { classes: { 'db.t4g.micro': { version: '18.3', zones: ['us-east-1a'] } } },
    {},
    'fails database class: RDS offers db.t4g.micro with PostgreSQL 18 on gp3, Multi-AZ only in us-east-1a → name these zones, or another class',
  ],
  [
    'no certificate',
    {},
    { domain },
    `fails certificates: ${cdn} is not in this account → aws acm list-certificates --region us-east-1`,
  ],
  [
    'a certificate that waits',
    { certificates: certificate(cdn, { Status: 'PENDING_VALIDATION' }) },
    { domain },
    `fails certificates: ${cdn} is PENDING_VALIDATION → aws acm describe-certificate`,
  ],
  [
    'a certificate that has ended',
    { certificates: certificate(cdn, { NotAfter: 1_700_000_000 }) },
    { domain },
    `fails certificates: ${cdn} ended on 2023-11-14`,
  ],
  [
    'a certificate of another name',
    { certificates: certificate(cdn, { DomainName: '*.shop.example.com' }) },
    { domain },
    `fails certificates: ${cdn} is for *.shop.example.com, and not for shop.example.com`,
  ],
  [
    'no secret',
    {},
    { payments },
    `fails secrets: ${stripe} is not in us-east-1 of this account → aws secretsmanager list-secrets`,
  ],
  [
    'a secret that is being deleted',
    { secrets: { [stripe]: { DeletedDate: 1_790_000_000 } } },
    { payments },
    `fails secrets: ${stripe} is marked for deletion → aws secretsmanager restore-secret`,
  ],
])('%s fails, with what to do', async (_, has, settings, line) => {
  const all = await lines(has, { ...settings });
  expect(all).toContainEqual(expect.stringContaining(line));
});

test('a star of a certificate stands for one label', async () => {
  const all = await lines(
    { certificates: certificate(cdn, { DomainName: 'example.com', SubjectAlternativeNames: ['*.example.com'] }) },
    { domain },
  );
  expect(all).toContain('holds certificates: us-east-1: example.com, *.example.com, until 2027-01-15');
});

const key = 'arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555';
const snapshot = {
  Status: 'available',
  Engine: 'postgres',
  EngineVersion: '18.1',
  AllocatedStorage: '20',
  MasterUsername: 'store_admin',
  Encrypted: 'true',
  KmsKeyId: key,
};

test.each<[string, Partial<typeof snapshot> | undefined, string]>([
  ['as it should be', {}, `holds snapshot: shop-moved; the database keeps its key for ever, so do not delete it: ${key}`],
  [
    'with more storage',
    { AllocatedStorage: '100' },
    'fails snapshot: shop-moved has 100 GB of storage, and the store 20; RDS restores into no less → "database": { "storageGb": 100 }',
  ],
  [
    'of an older major version',
    { EngineVersion: '17.6' },
    'fails snapshot: shop-moved is of PostgreSQL 17.6, the store has 18, and restoring changes no major version → "postgres": "17"',
  ],
  [
    'of another engine',
    { Engine: 'mysql', EngineVersion: '8.4.3' },
    'fails snapshot: shop-moved is of mysql, and not of postgres → restore the snapshot of a store',
  ],
  [
    'of another master user',
    { MasterUsername: 'postgres' },
    'fails snapshot: shop-moved has the master user postgres, and not store_admin',
  ],
  ['that is being copied', { Status: 'creating' }, 'fails snapshot: shop-moved is creating → aws rds wait db-snapshot-available'],
  ['that is not encrypted', { Encrypted: 'false' }, 'fails snapshot: shop-moved is not encrypted → aws rds copy-db-snapshot'],
  [
    'that is not there',
    undefined,
    'fails snapshot: shop-moved is not in us-east-1 of this account; a shared one is named by its ARN',
  ],
])('a snapshot %s', async (_, fields, line) => {
  const all = await lines(fields ? { snapshot: { ...snapshot, ...fields } } : {}, { restoreFromSnapshot: 'shop-moved' });
  expect(all).toContainEqual(expect.stringContaining(line));
});

describe('what AWS refuses to say is not known', () => {
  test.each<[string, string, string]>([
    ['service-linked roles', 'GetRole', 'iam:GetRole'],
    ['CDK bootstrap', 'GetParameter', 'ssm:GetParameter'],
    ['quotas', 'ListStackResources', 'cloudformation:ListStackResources'],
    ['names', 'ListStackResources', 'cloudformation:ListStackResources'],
    ['zones', 'DescribeAvailabilityZones', 'ec2:DescribeAvailabilityZones'],
    ["CloudFront's prefix list", 'DescribeManagedPrefixLists', 'ec2:DescribeManagedPrefixLists'],
    ['database class', 'DescribeOrderableDBInstanceOptions', 'rds:DescribeOrderableDBInstanceOptions'],
    ['cache class', 'DescribeReservedCacheNodesOfferings', 'elasticache:DescribeReservedCacheNodesOfferings'],
    ['snapshot', 'DescribeDBSnapshots', 'rds:DescribeDBSnapshots'],
    ['certificates', 'DescribeCertificate', 'acm:DescribeCertificate'],
    ['hosted zone', 'GetHostedZone', 'route53:GetHostedZone'],
    ['domain name', 'ListDistributions', 'cloudfront:ListDistributions'],
    ['domain name', 'ListResourceRecordSets', 'route53:ListResourceRecordSets'],
    ['e-mail', 'GetAccount', 'ses:GetAccount'],
    ['e-mail', 'GetEmailIdentity', 'ses:GetEmailIdentity'],
    ['secrets', 'DescribeSecret', 'secretsmanager:DescribeSecret'],
    ['traces', 'GetTraceSegmentDestination', 'xray:GetTraceSegmentDestination'],
    ['cost anomalies', 'ListCostAllocationTags', 'ce:ListCostAllocationTags'],
  ])('of %s: the line has the right that lacks, and leaves the verdict open', async (title, denied, action) => {
    const settings = { ...outsideServices, domain, restoreFromSnapshot: 'shop-moved', traces: {}, costAnomalies: {} };
    const { rows } = await ask(account({ denied: [denied] }), settings);
    const row = rows.find((one) => one.title === title);

    expect(row?.verdict).toBe('not known');
    expect(row?.text).toMatch(new RegExp(`^AWS refuses ${action} in us-east-1; the caller's policy needs this statement:$`));
    expect(row?.fix).toEqual([expect.stringContaining(`"Action":["${action}"]`)]);
    expect(verdictOf(row ? [row] : [])).toBe('not known');
  });
});

test('without credentials nothing is asked', async () => {
  await expect(ask(() => xmlError('InvalidClientTokenId', 403))).rejects.toMatchObject({ code: 'no-credentials' });
});

describe('a region that an account has to turn on', () => {
  const store = { region: 'af-south-1' };

  test('and has', async () => {
    const all = await lines({ optInStatus: 'opted-in' }, store);
    expect(all).toContain('holds region: af-south-1, Africa (Cape Town): the account has turned it on');
  });

  test.each(['not-opted-in', 'enabling'])('and that is %s fails; nothing else is asked there', async (optInStatus) => {
    const { rows, server } = await ask(account({ optInStatus }), store);
    expect(rows.map(({ title, verdict }) => [title, verdict])).toEqual([
      ['credentials', 'holds'],
      ['region', 'fails'],
    ]);
    expect(rows.at(-1)?.fix).toEqual(['aws account enable-region --region-name af-south-1']);
    expect(new Set(server.requests.map(({ region }) => region))).toEqual(new Set(['us-east-1']));
  });

  test('and of which AWS does not tell is not known', async () => {
    const { rows } = await ask(account({ denied: ['DescribeRegions'] }), store);
    expect(rows.find(({ title }) => title === 'region')?.verdict).toBe('not known');
  });
});

test('a class of cache nodes without reservations is not known', async () => {
  expect(await lines({ cacheClasses: [] })).toContain(
    'not known cache class: cache.t4g.micro: ElastiCache sells no reservation of it in us-east-1, and lists nothing else → https://aws.amazon.com/elasticache/pricing, with us-east-1',
  );
});
