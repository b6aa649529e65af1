import { inAws, noStack, type StackInAws } from '../../deployed/store-in-cloudformation';
import { deployedSmall, run } from './run-deploy';

const stores = { shop: { region: 'us-east-1', restoreFromSnapshot: 'shop-moved' } };
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

/** The first deployment of a small store from a snapshot. */
async function restore(fields: StackInAws['snapshot']) {
  const aws = inAws(fields ? { snapshot: fields } : {});
  return run((request, earlier) => (request.action === 'DescribeStacks' ? noStack : aws(request, earlier)), ['--tier', 'small'], {
    stores,
  });
}

describe('npm run deploy of a new store from a snapshot', () => {
  it('says which key the database will hang on, and deploys', async () => {
    const { code, out, cdk } = await restore(snapshot);

    expect(out).toContain(`! The database keeps its snapshot's key, ${key}: without it the data is lost.`);
    expect({ code, runs: cdk.length }).toEqual({ code: 0, runs: 2 });
  });

  it.each<[string, Partial<typeof snapshot>, string, string]>([
    ['more storage', { AllocatedStorage: '100' }, 'has 100 GB of storage; the store has 20', '"database": { "storageGb": 100 }'],
    ['an older major version', { EngineVersion: '17.6' }, 'is of PostgreSQL 17.6; the store has 18', '"postgres": "17"'],
    ['another engine', { Engine: 'mysql', EngineVersion: '8.4.3' }, 'is a snapshot of mysql', 'restore the snapshot of a store'],
    ['another master user', { MasterUsername: 'postgres' }, 'has the master user postgres', 'restore the snapshot of a store'],
    ['a copy under way', { Status: 'creating' }, 'is creating', 'aws rds wait db-snapshot-available'],
    ['no encryption', { Encrypted: 'false' }, 'is not encrypted', 'aws rds copy-db-snapshot'],
  ])('refuses %s before anything is built', async (_, fields, got, fix) => {
    const { code, error, cdk } = await restore({ ...snapshot, ...fields });

    expect(error).toContain('Snapshot shop-moved cannot become the database of store "shop": 1 problem\n');
    expect(error).toContain(`stores.shop.restoreFromSnapshot   ${got}`);
    expect(error).toContain(`→ ${fix}`);
    expect({ code, cdk }).toEqual({ code: 1, cdk: [] });
  });

  it('lists every problem', async () => {
    const { error } = await restore({ ...snapshot, AllocatedStorage: '400', EngineVersion: '17.2', Encrypted: 'false' });

    expect(error).toContain(': 3 problems\n');
  });

  it('refuses a snapshot that is not there', async () => {
    const { code, error } = await restore(undefined);

    expect(error).toContain(
      'is "shop-moved", which is not in us-east-1 of this account; an RDS snapshot of this region is allowed',
    );
    expect(code).toBe(1);
  });

  it('asks for none once the store is deployed', async () => {
    const { servers } = await run(deployedSmall(), ['--tier', 'small', '--dry-run'], { stores });

    expect(servers[0]?.requests.map(({ action }) => action)).not.toContain('DescribeDBSnapshots');
  });
});
