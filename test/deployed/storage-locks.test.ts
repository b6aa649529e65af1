import type { LiveDatabase } from '../../lib/deployed/read-databases';
import { storageLocks } from '../../lib/deployed/storage-locks';
import { type AwsServer, startAws } from '../services/assessor/aws-server';
import { clientsAt, type EventInAws, inAws } from './store-in-cloudformation';

const servers: AwsServer[] = [];
const now = new Date('2026-11-20T12:00:00Z');

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** A template of one database. */
const of = (properties: object) => ({ Resources: { Primary: { Type: 'AWS::RDS::DBInstance', Properties: properties } } });

const primary: LiveDatabase = { logicalId: 'Primary', identifier: 'shop-database', allocatedGb: 100, status: 'available' };
const hundred = of({ AllocatedStorage: '100', StorageType: 'gp3' });
const fourHundred = of({ AllocatedStorage: '400', StorageType: 'gp3', Iops: 12000 });

async function locks(to: object, database: Partial<LiveDatabase> = {}, events: readonly EventInAws[] = []) {
  const server = await startAws(inAws({ events }));
  servers.push(server);
  const { rds } = clientsAt(server.url, 'us-east-1');
  const databases = [{ ...primary, ...database }];
  return {
    server,
    blocks: await storageLocks(rds, { region: 'us-east-1', databases, from: hundred, to, now }),
  };
}

describe('the lock on a database’s storage', () => {
  it('blocks a change of the storage while RDS still optimises it', async () => {
    const { server, blocks } = await locks(fourHundred, { status: 'storage-optimization' });

    expect(blocks).toMatchObject([
      {
        rule: 'storage-locked',
        resources: ['Primary'],
        reason: 'RDS refuses another change of the storage of shop-database: it is still optimising after the last one',
        workaround: ['aws rds wait db-instance-available --db-instance-identifier shop-database'],
      },
    ]);
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['by a person', 'Finished applying modification to allocated storage'],
    ['by autoscaling', 'Finished applying autoscaling-initiated modification to allocated storage'],
  ])('blocks a fifth change within 24 hours of four %s', async (_, message) => {
    const { blocks } = await locks(fourHundred, {}, [
      ...['01:00', '03:00', '07:00', '11:00'].flatMap((time) => [
        { message: 'Applying modification to allocated storage', date: `2026-11-20T${time}:00Z` },
        { message, date: `2026-11-20T${time}:59Z` },
      ]),
      { message, date: '2026-11-19T11:59:00Z' }, // a day ago
    ]);

    expect(blocks).toMatchObject([
      {
        reason: expect.stringMatching(/: it changed 4 times in the last 24 hours$/),
        workaround: ['run the same command after 01:00 UTC'],
      },
    ]);
  });

  it.each([
    [
      'it changed three times today',
      ['09:00', '10:00', '11:00'].map((time) => ({
        message: 'Finished applying modification to allocated storage',
        date: `2026-11-20T${time}:00Z`,
      })),
    ],
    [
      'something else happened',
      [{ message: 'Finished applying modification to DB instance class', date: '2026-11-20T11:00:00Z' }],
    ],
    ['nothing happened', []],
  ])('is open where %s', async (_, events) => {
    expect((await locks(fourHundred, {}, events)).blocks).toEqual([]);
  });

  it('asks for the events of a day of the database', async () => {
    const { server } = await locks(fourHundred);

    expect(server.requests).toMatchObject([
      { action: 'DescribeEvents', input: { SourceType: 'db-instance', SourceIdentifier: 'shop-database', Duration: '1440' } },
    ]);
  });

  it.each([
    ['stays as it is', hundred, {}],
    ['is already so large', of({ AllocatedStorage: '150', StorageType: 'gp3' }), { allocatedGb: 150 }],
    ['goes with its database', { Resources: {} }, {}],
  ])('does not matter to storage that %s', async (_, to, database) => {
    const { server, blocks } = await locks(to, { status: 'storage-optimization', ...database });

    expect(blocks).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['operations', { Iops: 12000 }],
    ['throughput', { StorageThroughput: 500 }],
    ['type', { StorageType: 'io2' }],
  ])('holds for another number of %s too', async (_, property) => {
    const to = of({ AllocatedStorage: '100', StorageType: 'gp3', ...property });

    expect((await locks(to, { status: 'storage-optimization' })).blocks).toHaveLength(1);
  });
});
