import type { Cluster, Redis } from 'ioredis';
import { databaseName, databaseRoles } from '../../../../services/contract';
import { createCache } from '../../../../services/runtime/cache';
import { createDatabase, type Database } from '../../../../services/runtime/database';
import { headObject, signDownload, signUpload } from '../../../../services/runtime/object-store';
import type { Traces } from '../../../../services/runtime/traces';
import { createTraces } from '../../../../services/runtime/traces/create-traces';
import { traceAws } from '../../../../services/runtime/traces/trace-aws';
import { traceCommands } from '../../../../services/runtime/traces/trace-commands';
import { setUp, stoppedAfterEach } from '../../../support/set-up';
import { collectedLog } from '../../parts/collected-log';
import { eventually } from '../../parts/eventually';
import { startLocalBucket } from '../../parts/local-bucket';
import { startRds } from '../../parts/rds';
import { startTraceSink, type TraceSink } from '../../parts/trace-sink';
import { startCache, startCacheCluster } from '../../parts/valkey';

const region = 'eu-west-1';
const ofTest = stoppedAfterEach();
let sink: TraceSink;
let traces: Traces;
setUp(async (started) => {
  sink = await started.use(startTraceSink());
});

function newTraces(): Traces {
  const output = { write: () => undefined };
  return createTraces({ share: 1, api: new URL(sink.url), store: 'shop', service: 'worker', region, output });
}

/** The names of what a unit called, and their spans. */
async function callsOf(work: () => Promise<unknown>) {
  sink.spans.length = 0;
  await traces.unit({ name: 'unit', kind: 'server' }, work).catch(() => undefined);
  await traces.close();
  return sink.spans.filter(({ name }) => name !== 'unit');
}

describe('queries', () => {
  let database: Database;
  setUp(async (started) => {
    const rds = await started.use(startRds('migrated'));
    traces = newTraces();
    const writer = { host: '127.0.0.1', port: rds.port };
    const user = databaseRoles.worker;
    const settings = { writer, readers: [writer], name: databaseName, user, connections: 1, login: 'none', region } as const;
    database = createDatabase(settings, collectedLog().log, { traces });
    started.defer(() => database.close());
  });

  it('have their text without values, and which endpoint was asked', async () => {
    const spans = await callsOf(async () => {
      await database.writer.query('select $1::text as secret', ['hidden']);
      await database.writer.query({ text: 'select\n  $1::text', values: ['hidden'] });
    });
    const [first, second] = spans;
    const attributes = {
      'db.query.text': 'select $1::text as secret',
      'store.database.endpoint': 'writer',
      'db.namespace': 'store',
    };
    expect(first).toMatchObject({ name: 'SELECT store', kind: 3, attributes });
    expect(second?.attributes['db.query.text']).toBe('select $1::text');
    expect(JSON.stringify(spans)).not.toContain('hidden');
  });

  it('that fail have PostgreSQL’s state and none of its words', async () => {
    const [span] = await callsOf(() => database.writer.query('select $1::integer', ['ann@example.com']));
    expect(span).toMatchObject({
      status: { code: 2 },
      attributes: { 'error.type': '22P02', 'db.response.status_code': '22P02' },
    });
    expect(JSON.stringify(span)).not.toContain('ann@');
  });

  it('that wait for the only connection belong to whoever waits', async () => {
    sink.spans.length = 0;
    const units = ['one', 'two', 'three'].map((name) =>
      traces.unit({ name, kind: 'server' }, () => database.writer.query(`select '${name}'`)),
    );
    const unrecorded = database.writer.query(`select 'nobody'`);
    await Promise.all([...units, unrecorded]);
    await traces.close();
    for (const name of ['one', 'two', 'three']) {
      const unit = sink.spans.find((span) => span.name === name);
      const query = sink.spans.find(({ attributes }) => attributes['db.query.text'] === `select '${name}'`);
      expect(query).toMatchObject({ traceId: unit?.traceId, parentSpanId: unit?.spanId });
    }
    expect(JSON.stringify(sink.spans)).not.toContain('nobody');
  });
});

describe('commands of the cache', () => {
  it.each([
    ['one server', false],
    ['a cluster', true],
  ])('are recorded by name alone, and once: %s', async (_, clusterMode) => {
    const server = await (clusterMode ? ofTest.use(startCacheCluster()) : ofTest.use(startCache()));
    const endpoint = { host: '127.0.0.1', port: server.port };
    const settings = { endpoint, clusterMode, user: 'default', replicationGroup: 'cache', login: 'none', region } as const;
    const cache = createCache(settings, collectedLog().log);
    ofTest.defer(() => cache.close());
    const client: Redis | Cluster = cache.client;
    traces = newTraces();
    traceCommands(client, traces);
    await eventually('the cache answers', async () => (await client.get('ready').catch(() => undefined)) !== undefined);
    const spans = await callsOf(async () => {
      await client.set('session:hidden', 'hidden');
      await client.get('session:hidden');
      await client.call('INCR', 'session:hidden');
    });
    expect(spans.map(({ name, status }) => [name, status.code])).toEqual([
      ['SET', 0],
      ['GET', 0],
      ['INCR', 2],
    ]);
    expect(JSON.stringify(spans)).not.toContain('hidden');
  });
});

it('requests to AWS are recorded by their command, and a link that is only signed is none', async () => {
  const { bucket } = await ofTest.use(startLocalBucket());
  traces = newTraces();
  traceAws(bucket.client, traces);
  const spans = await callsOf(async () => {
    await signDownload(bucket, 'files/hidden', 60);
    await signUpload(bucket, 'files/hidden', { contentType: 'text/plain', bytes: 1 }, 60);
    await headObject(bucket, 'files/hidden');
  });
  expect(spans).toMatchObject([{ name: 'S3/HeadObject', kind: 3, attributes: { 'rpc.system.name': 'aws-api' } }]);
  expect(JSON.stringify(spans)).not.toContain('hidden');
});
