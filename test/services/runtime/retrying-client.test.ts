import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Pool } from 'pg';
import { retryingClients } from '../../../services/runtime/retrying-client';
import { setUpEach } from '../../support/set-up';

let pool: Pool;

setUpEach(async (started) => {
  const server = createServer((socket) => socket.destroy()); // cuts every connection off
  started.defer(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  pool = new Pool({ host: '127.0.0.1', port, user: 'store_app', password: 'none', Client: retryingClients() });
  started.defer(() => pool.end());
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('a pool whose server is away', () => {
  it('waits before the next connection, the longer the more failed', async () => {
    const timer = jest.spyOn(global, 'setTimeout');
    const waits: unknown[][] = [];
    for (let tries = 0; tries < 3; tries += 1) {
      timer.mockClear();
      await expect(pool.query('select 1')).rejects.toThrow(/ECONNRESET|terminated/);
      waits.push(timer.mock.calls.map(([, ms]) => ms));
    }
    expect(waits).toEqual([[], [50], [100]]); // the first at once
  });
});
