import { one, type Resources } from '../bill-of';
import { cache, database, saved, savingCalled, tasks } from './savings-of';

describe('a Database Savings Plan', () => {
  // 20% of 0.672 × 730 = 490.56; not of 100 GB at 0.23
  it('takes a share off instances from generation 7 up, not off their storage', () => {
    expect(saved(database('db.m8g.xlarge'))).toMatchObject({ 'Database plan': 98.11 });
    expect(saved(database('db.r6g.large'))).not.toHaveProperty('Database plan');
    expect(saved(database('db.t4g.medium'))).not.toHaveProperty('Database plan');
  });

  it('covers Valkey of generation 7, not Redis OSS', () => {
    expect(saved(cache('valkey', 'cache.m7g.large'))).toMatchObject({ 'Database plan': 18.45 }); // 0.2 × 0.1264 × 730
    expect(saved(cache('redis', 'cache.m7g.large'))).not.toHaveProperty('Database plan');
  });

  it('names the commitment an hour', () => {
    expect(savingCalled('Database plan', database('db.m8g.xlarge')).how).toMatch(
      /Database, 1 year, No upfront, 0\.538 USD an hour$/,
    ); // 0.8 × 0.672
  });
});

describe('a Compute Savings Plan', () => {
  // One task on demand: 20% of (0.03238 + 2 × 0.00356) × 730; the second, on average only, and those of Spot are not committed to
  it('takes a share off the tasks on demand that always run', () => {
    expect(saved(tasks('api'), { averageApiTasks: 2 })).toMatchObject({
      'Compute plan': 5.77,
      'Compute plan, 3 years': 'not known',
    });
    expect(saved(tasks('api', 'FARGATE_SPOT'), { averageApiTasks: 2 })).toEqual({});
  });
});

describe('reserved instances', () => {
  it('take the share of their family off', () => {
    expect(saved(database('db.m8g.xlarge'))).toMatchObject({
      'Reserved instances': 161.88, // 0.33 × 0.672 × 730
      'Reserved instances, 3 years': 'not known',
    });
    expect(saved(database('db.m6g.large', false))).toMatchObject({
      'Reserved instances': 41.79, // 0.36 × 0.159 × 730
      'Reserved instances, 3 years': 68.48, // 0.59 × 0.159 × 730
    });
  });

  it('are not known for a class without a figure, nor where its price is missing', () => {
    expect(saved(database('db.t4g.medium'))).toMatchObject({ 'Reserved instances': 'not known' });
    expect(saved(database('db.m8g.xlarge'), {}, 'ap-south-1')).toMatchObject({ 'Reserved instances': 'not known' });
  });

  it('name what to buy', () => {
    const replica: Resources = {
      Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'Database' } } },
    };

    expect(savingCalled('Reserved instances', { ...database('db.m8g.xlarge'), ...replica }).how).toBe(
      'RDS console, Reserved instances, Purchase: PostgreSQL, 1 × db.m8g.xlarge Multi-AZ, 1 × db.m8g.xlarge Single-AZ; 1 year, No Upfront',
    );
  });
});

describe('reserved nodes', () => {
  it('take the share of their family off, whatever the engine', () => {
    expect(saved(cache('redis', 'cache.m7g.large', 2))).toMatchObject({
      'Reserved nodes': 73.82, // 0.32 × 2 × 0.158 × 730
      'Reserved nodes, 3 years': 108.42, // 0.47 × 2 × 0.158 × 730
    });
    expect(saved(cache('valkey', 'cache.m7g.large'))).toMatchObject({ 'Reserved nodes': 29.53 }); // 0.32 × 0.1264 × 730
    expect(saved(cache('redis', 'cache.t4g.micro'))).toMatchObject({ 'Reserved nodes': 'not known' });
  });

  it('name what to buy', () => {
    expect(savingCalled('Reserved nodes, 3 years', cache('valkey', 'cache.m7g.large', 2)).how).toBe(
      'ElastiCache console, Reserved nodes, Purchase: 2 × cache.m7g.large for Valkey; 3 years, No Upfront',
    );
  });
});

describe('e-mails à la carte', () => {
  const sender = one('AWS::IAM::Role', {
    Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'ses:SendEmail' }] } }],
  });

  it('are what Essentials costs more', () => {
    expect(saved(sender, { orders: 100_000 })).toEqual({ 'SES à la carte': 18 }); // 300,000 × (0.16 − 0.1) / 1,000
  });

  it('are a command to the region of the store', () => {
    expect(savingCalled('SES à la carte', sender, { orders: 1 }).how).toBe(
      'aws sesv2 put-account-pricing-attributes --region us-east-1 --plan NONE',
    );
  });

  it('are not known where the region has no price of theirs', () => {
    expect(saved(sender, { orders: 100_000 }, 'eu-west-1')).toEqual({ 'SES à la carte': 'not known' });
  });
});
