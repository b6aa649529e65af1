import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templateOf } from '../support/stores';
import { type AccountInAws, account } from './account-in-aws';
import { ask, lineOf } from './ask';

const medium = () => templateOf('medium');

async function names(has: AccountInAws): Promise<readonly string[]> {
  const { rows } = await ask(account(has), {}, medium());
  return rows.filter(({ title }) => title === 'names').map(lineOf);
}

/** A name of each kind, by the action that lists them. */
const kinds: readonly (readonly [action: string, right: string, name: string, one: string])[] = [
  ['DescribeDBInstances', 'rds:DescribeDBInstances', 'shop-replica-1', 'the database'],
  ['DescribeDBProxies', 'rds:DescribeDBProxies', 'shop-proxy', 'the proxy'],
  ['DescribeUsers', 'elasticache:DescribeUsers', 'shop-app-redis', 'the user of caches'],
  ['DescribeUserGroups', 'elasticache:DescribeUserGroups', 'shop-users-redis', 'the user group of caches'],
  ['DescribeLogGroups', 'logs:DescribeLogGroups', 'aws-waf-logs-shop', 'the log group'],
  ['DescribeAlarms', 'cloudwatch:DescribeAlarms', 'shop-api-cpu-warning', 'the alarm'],
  ['ListDashboards', 'cloudwatch:ListDashboards', 'shop-executive', 'the dashboard'],
  ['ListBackupVaults', 'backup:ListBackupVaults', 'StoreshopBackupsVault669F94D1', 'the backup vault'],
];

test('hold where nobody has them', async () => {
  const others = Object.fromEntries(kinds.map(([action, , name]) => [action, [`${name}-of-others`]]));
  expect(await names({ taken: others })).toEqual([
    expect.stringMatching(
      /^holds names: \d+ names are free: databases, proxies, users of caches, user groups of caches, log groups, alarms, dashboards, backup vaults$/,
    ),
  ]);
});

describe.each(kinds)('of %s', (action, right, name, one) => {
  const taken = { taken: { [action]: [name] } };

  test('fail where they are taken', async () => {
    expect(await names(taken)).toContain(
      `fails names: ${one} ${name} is there already, and not in the store’s stack → delete it if nobody needs it (docs/leaving.md), or give the store another name in cdk.json`,
    );
  });

  test('hold where the store itself has them', async () => {
    expect(await names({ ...taken, stack: { [name]: 'CREATE_COMPLETE' } })).toEqual([expect.stringMatching(/^holds names: /)]);
  });

  test('are not known where its stack could not make them', async () => {
    expect(await names({ ...taken, stack: { [name]: 'CREATE_FAILED' } })).toContainEqual(
      expect.stringMatching(`^not known names: ${one} ${name} is there, and the store’s stack could not make it`),
    );
  });

  test('are not known where AWS refuses to list them, and the others hold', async () => {
    const all = await names({ denied: [action] });
    expect(all).toEqual([
      expect.stringMatching(`^not known names: [a-z ]+: AWS refuses ${right} in us-east-1.*"${right}"`),
      expect.stringMatching(/^holds names: /),
    ]);
  });
});

/** Physical names that nothing is asked about: AWS has no list that is worth a client, or takes a second one. */
const unasked = {
  'AWS::ApplicationAutoScaling::ScalingPolicy.PolicyName': 'within a scalable target',
  'AWS::CloudFront::Function.Name': 'made of the stack’s name and removed with it',
  'AWS::ElastiCache::User.UserName': 'the user id beside it is asked about',
};

test('each physical name of the store is asked about, or has a reason why not', () => {
  const asked = readFileSync(join(__dirname, '../../lib/preflight/names.ts'), 'utf8');
  const given = Object.values(medium().Resources).flatMap(({ Type: type, Properties: properties }) =>
    Object.entries(properties).flatMap(([property, value]) =>
      /(Name|Identifier|Id)$/.test(property) && typeof value === 'string' && /shop/.test(value) ? [`${type}.${property}`] : [],
    ),
  );
  const forgotten = new Set(given.filter((one) => !(one in unasked) && !asked.includes(`'${one.replace('.', "': '")}'`)));
  expect([...forgotten]).toEqual([]);
});
