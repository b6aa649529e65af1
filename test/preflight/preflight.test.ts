import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verdictOf } from '../../lib/preflight/check';
import { preflight } from '../../lib/preflight/preflight';
import { preflightActions } from '../../lib/preflight/preflight-error';
import { domain } from '../config/good-parts';
import { type Answering, type AwsServer, startAws, xmlError } from '../services/assessor/aws-server';
import { outsideServices, storeConfig, templateOf } from '../support/stores';
import { type AccountInAws, account, clientsAt } from './account-in-aws';

const now = new Date('2026-11-20T12:00:00Z');
const servers: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function ask(answering: Answering, settings: Readonly<Record<string, unknown>> = {}, template = templateOf('small')) {
  const server = await startAws(answering);
  servers.push(server);
  const config = storeConfig('small', settings);
  return { server, rows: await preflight(clientsAt(server.url), { config, template, now }) };
}

/** Rows as lines: `fails zones: … → …`. */
async function lines(has: AccountInAws, settings?: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const { rows } = await ask(account(has), settings);
  return rows.map(({ title, verdict, text, fix }) => [`${verdict} ${title}: ${text}`, ...fix].join(' → '));
}

const certificate = (arn: string, fields: object = {}) => ({
  [arn]: { Status: 'ISSUED', DomainName: 'shop.example.com', NotAfter: 1_800_000_000, ...fields },
});
const { cdnCertificateArn: cdn } = domain;
const stripe = outsideServices.payments.stripeSecretArn;

test('an account that has everything holds', async () => {
  expect(
    await lines({ certificates: certificate(cdn), secrets: { [stripe]: {} } }, { domain, payments: outsideServices.payments }),
  ).toEqual([
    'holds credentials: account 111122223333, as arn:aws:iam::111122223333:user/ops',
    'holds CDK bootstrap: version 30',
    expect.stringMatching(/^holds quotas: Fargate vCPU on demand: 6 free, the store uses /),
    expect.stringMatching(/^holds quotas: Fargate vCPU Spot: 6 free, /),
    expect.stringMatching(/^holds quotas: network interfaces: /),
    expect.stringMatching(/^holds quotas: targets of the load balancer: /),
    'holds zones: us-east-1a (use1-az1)',
    'holds zones: us-east-1b (use1-az2)',
    'holds zones: us-east-1c (use1-az4)',
    "holds CloudFront's prefix list: pl-3b927c52",
    'holds database class: db.t4g.micro with PostgreSQL 18 on gp3, Multi-AZ: in 3 zones',
    'holds certificates: us-east-1: shop.example.com, until 2027-01-15',
    `holds secrets: ${stripe}`,
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
    { payments: outsideServices.payments },
    `fails secrets: ${stripe} is not in us-east-1 of this account → aws secretsmanager list-secrets`,
  ],
  [
    'a secret that is being deleted',
    { secrets: { [stripe]: { DeletedDate: 1_790_000_000 } } },
    { payments: outsideServices.payments },
    `fails secrets: ${stripe} is marked for deletion → aws secretsmanager restore-secret`,
  ],
])('%s fails, with what to do', async (_, has, settings, line) => {
  const all = await lines(has, { ...settings });
  expect(all).toContainEqual(expect.stringContaining(line));
});

describe('quotas', () => {
  const onDemand = 'L-3032A538';

  test('below what the store starts with fail, with the command that asks for more', async () => {
    const all = await lines({ quotas: { [onDemand]: 0.25 } });
    expect(all.find((line) => line.startsWith('fails'))).toMatch(
      /^fails quotas: Fargate vCPU on demand: 0.25 free, the store uses 0.5 at the minimum, .*: it is below the minimum → aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 --desired-value 2$/,
    );
  });

  test('that only the maximum outgrows stop no deployment', async () => {
    const all = await lines({ quotas: { [onDemand]: 1.5 } });
    expect(all).toContainEqual(
      expect.stringMatching(/^holds quotas: Fargate vCPU on demand: 1.5 free, .*: it slows deployments at the maximum → aws /),
    );
  });

  test('of Elastic IP addresses count those that the account has', async () => {
    const { server, rows } = await ask(
      account({ addresses: 5 }),
      { network: { natGateways: 1 } },
      templateOf('small', { network: { natGateways: 1 } }),
    );
    expect(server.requests.map(({ action }) => action)).toContain('DescribeAddresses');
    expect(rows).toContainEqual(
      expect.objectContaining({
        verdict: 'fails',
        text: 'Elastic IP addresses: 0 free, the store uses 1: it is below the minimum',
      }),
    );
  });
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

test('what AWS refuses to say is not known, and leaves the verdict open', async () => {
  const { rows } = await ask(account({ denied: ['DescribeManagedPrefixLists'] }));
  const row = rows.find(({ verdict }) => verdict === 'not known');

  expect(row).toMatchObject({
    title: "CloudFront's prefix list",
    text: "AWS refuses ec2:DescribeManagedPrefixLists in us-east-1; the caller's policy needs this statement:",
  });
  expect(row?.fix[0]).toContain('"ec2:DescribeManagedPrefixLists"');
  expect(verdictOf(rows)).toBe('not known');
});

test('without credentials nothing is asked', async () => {
  await expect(ask(() => xmlError('InvalidClientTokenId', 403))).rejects.toMatchObject({ code: 'no-credentials' });
});

test('the rights in docs/first-deployment.md are those of the calls that it makes', async () => {
  const settings = { domain, payments: outsideServices.payments, restoreFromSnapshot: 'shop-moved' };
  const withAddress = templateOf('small', { network: { natGateways: 1 } });
  const { server } = await ask(account({ certificates: certificate(cdn), secrets: { [stripe]: {} } }), settings, withAddress);
  const made = new Set(server.requests.map(({ action }) => action));

  expect(made).toEqual(new Set(preflightActions.map((action) => action.split(':')[1])));
  const page = readFileSync(join(__dirname, '../../docs/first-deployment.md'), 'utf8');
  expect(preflightActions.filter((action) => !page.includes(`\`${action}\``))).toEqual([]);
});
