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

describe('what could be saved', () => {
  it('is told alone and together', () => {
    const { savings, savingsTogether } = review(cache('redis'));

    expect(savings.map(({ name }) => name)).toEqual(['Valkey', 'Reserved nodes', 'Reserved nodes, 3 years', 'Graviton']);
    expect(savingsTogether.all.names).toEqual(['Valkey']);
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

describe('what moves the headroom', () => {
  it('is computed once', () => {
    const { capacity } = review(cache('redis'));

    expect(capacity.movers).toBe(capacity.movers);
  });
});
