import { readDatabases } from '../../lib/deployed/read-databases';
import { type Answering, type AwsServer, startAws, xmlError } from '../services/assessor/aws-server';
import { templateOf } from '../support/stores';
import { clientsAt, inAws } from './store-in-cloudformation';

const servers: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function read(answer: Answering, template: Parameters<typeof readDatabases>[1]['template'] = templateOf('medium')) {
  const server = await startAws(answer);
  servers.push(server);
  const { rds } = clientsAt(server.url, 'us-east-1');
  return { server, reading: readDatabases(rds, { region: 'us-east-1', template }) };
}

describe('reading the databases of a deployed template', () => {
  it('finds primary and replicas by their names, under the ids of the template', async () => {
    const { server, reading } = await read(
      inAws({
        databases: [
          { id: 'shop-database', storage: 120 },
          { id: 'shop-replica-1', storage: 100, status: 'backing-up' },
        ],
      }),
    );

    expect(await reading).toEqual([
      {
        logicalId: expect.stringMatching(/^DatabasePrimary/),
        identifier: 'shop-database',
        allocatedGb: 120,
        status: 'available',
      },
      {
        logicalId: expect.stringMatching(/^ReplicasReplica1/),
        identifier: 'shop-replica-1',
        allocatedGb: 100,
        status: 'backing-up',
      },
    ]);
    expect(server.requests.map(({ input }) => input)).toMatchObject([
      {
        'Filters.Filter.1.Name': 'db-instance-id',
        'Filters.Filter.1.Values.Value.1': 'shop-database',
        'Filters.Filter.1.Values.Value.2': 'shop-replica-1',
      },
    ]);
  });

  it('finds a database whose name RDS has written in lower case', async () => {
    const template = { Resources: { Main: { Type: 'AWS::RDS::DBInstance', Properties: { DBInstanceIdentifier: 'Shop-Main' } } } };
    const { reading } = await read(inAws({ databases: [{ id: 'shop-main', storage: 30 }] }), template);

    expect(await reading).toMatchObject([{ logicalId: 'Main', identifier: 'shop-main', allocatedGb: 30 }]);
  });

  it('counts growth that is on its way', async () => {
    const { reading } = await read(inAws({ databases: [{ id: 'shop-database', storage: 100, pending: 150 }] }));

    expect(await reading).toMatchObject([{ allocatedGb: 150 }]);
  });

  it('leaves out what somebody has deleted', async () => {
    const { reading } = await read(inAws({ databases: [{ id: 'shop-database', storage: 100 }] }));

    expect(await reading).toMatchObject([{ identifier: 'shop-database' }]);
  });

  it('asks nobody where the template has no database', async () => {
    const { server, reading } = await read(inAws(), { Resources: {} });

    expect(await reading).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it('names the right that is missing', async () => {
    const { reading } = await read(() => xmlError('AccessDenied'));

    await expect(reading).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('AWS refuses rds:DescribeDBInstances in us-east-1'),
    });
  });
});
