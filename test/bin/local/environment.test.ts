import { apiVariables, type LocalPlaces, migrationsVariables, workerVariables } from '../../../bin/local/environment';
import { masterSecret } from '../../../bin/local/parts/rds';
import { readyText } from '../../../bin/local/ready-text';
import { readApiEnvironment } from '../../../services/api/environment';
import { readMigrationsEnvironment } from '../../../services/migrations/environment';
import { readWorkerEnvironment } from '../../../services/worker/environment';

const url = (queue: string): string => `http://127.0.0.1:4566/000000000000/${queue}`;
const places: LocalPlaces = {
  apiPort: 8081,
  databasePort: 5001,
  replicaPort: 5002,
  cachePort: 6001,
  awsEndpoint: 'http://127.0.0.1:4566',
  queueUrls: {
    email: url('email'),
    notifications: url('notifications'),
    payments: url('payments.fifo'),
    analytics: url('analytics'),
  },
  stripeUrl: 'http://127.0.0.1:7001',
  sesUrl: 'http://127.0.0.1:8001',
};

describe('the environment on this machine', () => {
  it('fits the API, which reads from the replica', () => {
    expect(readApiEnvironment(apiVariables(places))).toMatchObject({
      listen: { host: '127.0.0.1', port: 8081 },
      database: { writer: { port: 5001 }, readers: [{ port: 5002 }], user: 'store_app' },
      cache: { endpoint: { port: 6001 } },
      queueUrls: places.queueUrls,
      stripe: { api: new URL('http://127.0.0.1:7001') },
    });
  });

  it('tells the API of origins, which are of its own site', () => {
    const corsOrigins = ['http://localhost:5173', 'http://localhost:4173'];
    expect(readApiEnvironment(apiVariables(places, corsOrigins)).cors).toEqual({ origins: corsOrigins, otherSites: false });
  });

  it('fits the worker, which sends e-mails to the stand-in, and whose links lead there', () => {
    const variables = workerVariables(places);
    expect(readWorkerEnvironment(variables)).toMatchObject({
      database: { user: 'store_worker' },
      emailFrom: 'shop@example.com',
      siteUrl: places.sesUrl,
    });
    expect(variables['AWS_ENDPOINT_URL_SESV2']).toBe(places.sesUrl);
  });

  it('records the traces of both where something takes them, and otherwise none', () => {
    const traced = { ...places, tracesUrl: 'http://127.0.0.1:4318' };
    const traces = { share: 1, api: new URL('http://127.0.0.1:4318') };
    expect(readApiEnvironment(apiVariables(traced)).traces).toEqual(traces);
    expect(readWorkerEnvironment(workerVariables(traced)).traces).toEqual(traces);
    expect(readApiEnvironment(apiVariables({ ...traced, tracesPercent: 10 })).traces?.share).toBe(0.1);
    expect(readApiEnvironment(apiVariables(places)).traces).toBeUndefined();
  });

  it('fits a worker that sends no e-mails', () => {
    const { sesUrl: _, ...none } = places;
    expect(readWorkerEnvironment(workerVariables(none)).emailFrom).toBeUndefined();
  });

  it('fits the migrations', () => {
    const { database, master } = readMigrationsEnvironment(migrationsVariables(5001, masterSecret('hidden')));
    expect([database.direct.port, master]).toEqual([5001, { username: 'store_admin', password: 'hidden' }]);
  });

  it('has a cache that nobody answers for where there is none', () => {
    expect(readApiEnvironment(apiVariables({ ...places, cachePort: undefined })).cache.endpoint.port).toBe(1);
  });
});

describe('what is said when it is ready', () => {
  it('has every address, and the commands of a purchase', () => {
    const text = readyText(places, '.local');
    for (const port of ['8081', '5001', '5002', '6001', '4566', '7001', '8001']) expect(text).toContain(`127.0.0.1:${port}`);
    expect(text.match(/ curl .*http:/g)).toHaveLength(6);
  });
});
