import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { Pool } from 'pg';
import { retryingClients } from '../../../services/runtime/retrying-client';

/** Cuts every connection off. */
let server: Server;
let pool: Pool;

beforeEach(async () => {
  server = createServer((socket) => socket.destroy());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  pool = new Pool({ host: '127.0.0.1', port, user: 'store_app', password: 'none', Client: retryingClients() });
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await pool.end();
  server.close();
});

/** ms until a query has failed. */
async function failing(): Promise<number> {
  const began = performance.now();
  await expect(pool.query('select 1')).rejects.toThrow(/ECONNRESET|terminated/);
  return performance.now() - began;
}

describe('a pool whose server is away', () => {
  it('waits before the next connection, the longer the more failed', async () => {
    const [first, second, third] = [await failing(), await failing(), await failing()];
    expect(first).toBeLessThan(50); // at once
    expect(second).toBeGreaterThanOrEqual(49);
    expect(third).toBeGreaterThanOrEqual(99);
  });
});
