import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { apiVariables } from '../../../bin/local/environment';
import type { RunningService } from '../../../bin/local/parts/service';
import { apiIdleConnectionSeconds, environment } from '../../../services/contract';
import { setUp } from '../../support/set-up';
import { type Bundle, createBundle } from '../parts/bundle';

/** Takes connections and answers nothing: the readiness question stays under way until they are cut off. */
let silentDatabase: Server;
let sockets: Socket[];
let bundle: Bundle;

setUp(async (started) => {
  bundle = await started.use(createBundle());
  bundle.setLimit('api', 'readinessLimitMs = 2e3;', 'readinessLimitMs = 6e4;');
  silentDatabase = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  started.defer(() => silentDatabase.close());
  await once(silentDatabase.listen(0, '127.0.0.1'), 'listening');
});

beforeEach(() => {
  sockets = [];
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
});

async function startApi(): Promise<{ readonly api: RunningService; readonly url: string }> {
  const { port: databasePort } = silentDatabase.address() as AddressInfo;
  const nowhere = 'http://127.0.0.1:1';
  const queueUrls = { email: nowhere, notifications: nowhere, payments: nowhere, analytics: nowhere };
  const places = {
    apiPort: 0,
    databasePort,
    replicaPort: databasePort,
    cachePort: undefined,
    awsEndpoint: nowhere,
    queueUrls,
    stripeUrl: nowhere,
  };
  const api = bundle.start('api', { ...apiVariables(places), [environment.databaseReaderHosts]: '' });
  const { port } = await api.line('Listening');
  return { api, url: `http://127.0.0.1:${String(port)}` };
}

/** Over a connection that would be kept. */
async function request(url: string): Promise<IncomingMessage> {
  const [response] = (await once(get(url, { agent: new Agent({ keepAlive: true }) }), 'response')) as [IncomingMessage];
  response.resume();
  return response;
}

describe('the API process', () => {
  it('serves without database and cache', async () => {
    const { api, url } = await startApi();
    const { statusCode, headers } = await request(`${url}/health`);
    expect([statusCode, headers['keep-alive']]).toEqual([200, `timeout=${String(apiIdleConnectionSeconds)}`]);
    api.process.kill('SIGTERM');
    expect(await api.exit).toBe(0);
  });

  it('finishes the request under way when it is told to stop, closes its connection, takes no other and exits 0', async () => {
    const { api, url } = await startApi();
    const underWay = request(`${url}/health/ready`);
    await once(silentDatabase, 'connection');

    api.process.kill('SIGTERM');
    await api.line('Stopping');
    await expect(request(`${url}/health`)).rejects.toThrow(/ECONNREFUSED|ECONNRESET/); // refused, or cut off in the instant of closing

    for (const socket of sockets) socket.destroy();
    const response = await underWay;
    expect([response.statusCode, response.headers.connection]).toEqual([503, 'close']);
    expect(await api.exit).toBe(0);
  });

  it('exits 1 at a second signal', async () => {
    const { api, url } = await startApi();
    const cutOff = request(`${url}/health/ready`).catch((error: unknown) => error);
    await once(silentDatabase, 'connection');
    api.process.kill('SIGTERM');
    await api.line('Stopping');
    api.process.kill('SIGTERM');
    expect(await api.exit).toBe(1);
    expect(await cutOff).toMatchObject({ code: 'ECONNRESET' });
  });

  it('ends a request that never becomes whole, also when nobody stops it', async () => {
    const limits = [
      'idleConnectionSeconds * 1e3, connectionsCheckingInterval: 5e3',
      '200, connectionsCheckingInterval: 10',
    ] as const;
    bundle.setLimit('api', ...limits);
    const { api, url } = await startApi();
    const half = connect(Number(new URL(url).port), '127.0.0.1');
    half.write(
      'POST /api/v1/auth/session HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    );
    // Cut off without an answer where the server got to read nothing of it in that time.
    expect(await text(half).catch(({ code }: { code: string }) => code)).toMatch(/^HTTP\/1\.1 408 Request Timeout|^ECONNRESET$/);
    api.process.kill('SIGTERM');
    expect(await api.exit).toBe(0);
  });
});
