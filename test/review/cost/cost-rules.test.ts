import { Bill } from '../../../lib/review/cost/bill';
import { costOf } from '../../../lib/review/cost/cost';
import { costTable } from '../../../lib/review/cost/table';
import { type CloudFormationTemplate, Template } from '../../../lib/template/template';
import { fourSizes } from '../../support/stores';
import { billOf, charges, idle, one, type Resources } from './bill-of';
import { databases, edges, networks, observabilities, others, primary, ref, securities } from './cost-cases';

describe.each([
  ['databases', databases],
  ['networks', networks],
  ['edge', edges],
  ['security', securities],
  ['observability', observabilities],
  ['other services', others],
])('the cost of %s', (_, cases) => {
  it.each(cases)('counts %s', (_what, resources, usage, expected) => {
    expect(charges(resources, usage)).toEqual(expected);
  });
});

describe('a type that is free', () => {
  const freeTypes = Object.entries(costTable).flatMap(([type, entry]) => ('free' in entry ? [{ type, why: entry.free }] : []));

  it.each(freeTypes)('$type says why', ({ type, why }) => {
    expect(why).toMatch(/^[A-Z].{15,}[^.]$/);
    expect(billOf(one(type), { cdnRequests: 1e9, apiRequests: 1e9 }).lines).toEqual([]);
  });
});

describe('a read replica', () => {
  const resources: Resources = {
    ...primary({ MultiAZ: true, AllocatedStorage: '400' }),
    Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: ref('It') } },
  };

  it('has class and storage of its source, in one zone and without backups', () => {
    const lines = billOf(resources).lines.filter(({ part }) => part === 'replicas');

    expect(lines.map(({ label }) => label)).toEqual(['db.m8g.xlarge Single-AZ', '400 GB gp3']);
  });
});

describe('the cost of backups', () => {
  it('starts where they outgrow the storage', () => {
    // 100 GB × 0.5 × (1 + 0.01 × 35) = 67.5 GB: free; no setting of RDS can exceed it, so the model is stretched
    const [, , backups] = billOf(primary({ AllocatedStorage: 100, BackupRetentionPeriod: 200 })).lines;

    expect(backups).toMatchObject({ quantity: 150, free: { quantity: 100 }, usdPerMonth: 50 * 0.095 });
  });
});

const priced = (resources: object) => costOf(new Template({ Resources: resources } as CloudFormationTemplate), 'us-east-1', idle);

describe('what only AWS knows', () => {
  it('counts for the least that it can be, and is named', () => {
    const { lines, unknown } = priced(primary({ MultiAZ: { 'Fn::If': ['Production', true, false] } }));

    expect(lines.map(({ label }) => label)).toContain('db.m8g.xlarge Single-AZ');
    expect(unknown).toEqual([{ resource: 'It', property: 'MultiAZ' }]);
  });

  it('costs nothing for sure where a condition decides whether it is there', () => {
    const { lines, unknown } = priced({ Nat: { Type: 'AWS::EC2::NatGateway', Condition: 'Production' } });

    expect(lines).toEqual([]);
    expect(unknown).toEqual([{ resource: 'Nat', property: 'Condition' }]);
  });

  it('is nothing in the four sizes', () => {
    expect(fourSizes().map(([, template]) => costOf(new Template(template), 'us-east-1', idle).unknown)).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });
});

test('a quantity that is no number is a fault and not a cost', () => {
  const bill = new Bill('us-east-1');
  const item = {
    part: 'network',
    resource: 'Nat',
    type: 'AWS::EC2::NatGateway',
    label: 'hours',
    price: 'nat.hour',
    kind: 'fixed',
  } as const;
  expect(() => bill.add({ ...item, quantity: Number.NaN })).toThrow('hours of Nat is not a number: NaN');
});

describe('a rule group with a subscription', () => {
  it('is named as a missing price', () => {
    const rule = { Statement: { ManagedRuleGroupStatement: { Name: 'AWSManagedRulesBotControlRuleSet' } } };

    expect(billOf(one('AWS::WAFv2::WebACL', { Rules: [rule] })).missing).toEqual([
      expect.objectContaining({ key: 'waf.subscription.AWSManagedRulesBotControlRuleSet', resource: 'It' }),
    ]);
  });
});

it('names the throughput of gp3 above what is included as a missing price, which no public source has', () => {
  const Properties = {
    DBInstanceClass: 'db.m8g.xlarge',
    StorageType: 'gp3',
    AllocatedStorage: 400,
    Iops: 12_000,
    StorageThroughput: 600,
  };

  expect(billOf(one('AWS::RDS::DBInstance', Properties)).missing).toMatchObject([{ key: 'rds.throughput.gp3.single' }]);
});
