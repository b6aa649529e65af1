import { type ReviewInput, reviewStore } from '../../lib/review/review-store';
import { tiers } from '../../lib/tiers/tiers';
import { idle, one, type Resources } from './cost/bill-of';

const cache = (engine: string) => one('AWS::ElastiCache::ReplicationGroup', { Engine: engine, CacheNodeType: 'cache.t4g.micro' });

function review(resources: Resources, input: Partial<ReviewInput> = {}) {
  return reviewStore({
    name: 'plain',
    template: { Resources: resources },
    region: 'us-east-1',
    tier: tiers.small,
    usage: idle,
    budget: budget(1_000),
    acceptedRisks: [],
    ...input,
  });
}

const budget = (usdPerMonth: number) => ({
  usdPerMonth,
  targetCosts: [
    { from: 20, to: 80, source: 'a document' },
    { from: 91, to: 91, source: 'a document' },
    { from: 10, to: 15, source: 'another' },
  ],
  outside: [],
  whyNotTheLowest: 'a test',
});

describe('a template with types that the cost table does not know', () => {
  it('is refused with all of them, by type and logical id', () => {
    const resources: Resources = {
      Table: { Type: 'AWS::DynamoDB::Table' },
      Vpc: { Type: 'AWS::EC2::VPC' },
      Fleet: { Type: 'AWS::GameLift::Fleet' },
    };

    expect(() => review(resources)).toThrow(
      expect.objectContaining({
        name: 'ReviewError',
        problems: ['AWS::DynamoDB::Table  Table', 'AWS::GameLift::Fleet  Fleet'],
      }),
    );
  });

  it('is not mistaken for one of the names that every object has', () => {
    expect(() => review(one('constructor'))).toThrow('constructor  It');
  });
});

describe('the part that a resource counts for', () => {
  it('is that of its tag', () => {
    const tagged = one('AWS::EC2::EIP', { Tags: [{ Key: 'part', Value: 'bastion' }] });

    expect(review(tagged).costs.map(({ part }) => part)).toEqual(['bastion']);
  });

  it('is that of its type without a tag', () => {
    expect(review(one('AWS::EC2::EIP')).costs.map(({ part }) => part)).toEqual(['network']);
  });
});

describe('the sums of a review', () => {
  it('hold fixed costs and usage apart', () => {
    const { total, costs } = review(one('AWS::EC2::NatGateway'), { usage: { ...idle, natGb: 100 } });

    expect(total.fixedUsdPerMonth).toBeCloseTo(32.85); // 0.045 × 730
    expect(total.usageUsdPerMonth).toBeCloseTo(4.5); // 100 × 0.045
    expect(costs).toEqual([{ part: 'network', ...total }]);
  });
});

describe('the verdict on a budget', () => {
  it.each([
    ['holds', 'us-east-1', 4, 'holds'],
    ['is exceeded', 'us-east-1', 3, 'exceeded'],
    ['stays open while prices are missing', 'ap-south-1', 4, 'incomplete'],
  ])('%s', (_, region, limit, verdict) => {
    expect(review(one('AWS::EC2::EIP'), { region, budget: budget(limit) }).budget).toMatchObject({ verdict });
  });
});

describe('the target cost', () => {
  it('reaches from the lowest to the highest figure of the documents', () => {
    expect(review(one('AWS::EC2::EIP'), { budget: budget(4) }).budget.targetUsdPerMonth).toEqual({ from: 10, to: 91 });
  });
});

const saved = (resources: Resources, input: Partial<ReviewInput> = {}) =>
  Object.fromEntries(
    review(resources, input).savings.map(({ name, usdPerMonth }) => [name, Math.round(usdPerMonth * 100) / 100]),
  );

const instance = (DBInstanceClass: string) =>
  one('AWS::RDS::DBInstance', {
    DBInstanceClass,
    Engine: 'postgres',
    MultiAZ: true,
    AllocatedStorage: '100',
    StorageType: 'gp3',
  });

const tasks = (CapacityProvider: string): Resources => ({
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { Cpu: '1024', Memory: '2048', RuntimePlatform: { CpuArchitecture: 'ARM64' } },
  },
  Api: {
    Type: 'AWS::ECS::Service',
    Properties: {
      TaskDefinition: { Ref: 'Task' },
      CapacityProviderStrategy: [{ CapacityProvider, Weight: 1 }],
      Tags: [{ Key: 'part', Value: 'api' }],
    },
  },
});

describe('what could be saved', () => {
  it('with Valkey is the difference of the same template', () => {
    expect(saved(cache('redis'))).toEqual({ Valkey: 2.34 }); // (0.016 − 0.0128) × 730
  });

  it('is not told where Valkey runs already, or where a price is missing', () => {
    expect(saved(cache('valkey'))).toEqual({});
    expect(saved(cache('redis'), { region: 'ap-south-1' })).toEqual({});
  });

  // 20% of 0.336 × 730 × 2 = 490.56; not of 100 GB at 0.23
  it('with a Database Savings Plan is a share of instances from generation 7 up, not of their storage', () => {
    expect(saved(instance('db.m8g.xlarge'))).toEqual({ 'Database plan': 98.11 });
    expect(saved(instance('db.r6g.large'))).toEqual({});
    expect(saved(instance('db.t4g.medium'))).toEqual({});
  });

  // One task on demand: 20% of (0.03238 + 2 × 0.00356) × 730; the second, on average only, and those of Spot are not committed to
  it('with a Compute Savings Plan is a share of the tasks on demand that always run', () => {
    const usage = { ...idle, averageApiTasks: 2 };

    expect(saved(tasks('FARGATE'), { usage })).toEqual({ 'Compute plan': 5.77 });
    expect(saved(tasks('FARGATE_SPOT'), { usage })).toEqual({});
  });

  // 100,000 × (0.16 − 0.1) / 1,000
  it('with e-mails à la carte is what Essentials costs more', () => {
    const sender = one('AWS::IAM::Role', {
      Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'ses:SendEmail' }] } }],
    });

    expect(saved(sender, { usage: { ...idle, orders: 100_000 } })).toEqual({ 'SES à la carte': 18 });
  });
});

describe('the assumptions of a review', () => {
  it('are those that its lines come from, each once, with value and meaning', () => {
    const usage = { ...idle, natGb: 100 };

    expect(review({ A: { Type: 'AWS::EC2::NatGateway' }, B: { Type: 'AWS::EC2::NatGateway' } }, { usage }).assumptions).toEqual([
      { name: 'natGb', value: 100, description: 'GB through NAT gateways, where there are any', given: true },
    ]);
  });
});
