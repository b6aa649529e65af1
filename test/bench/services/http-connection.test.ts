import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpConnection, requestText } from '../../../bench/services/http-connection';

const server = createServer((request, response) => {
  if (request.url === '/cut') {
    request.socket.destroy();
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = `${request.method} ${String(request.headers['x-of'])} ${Buffer.concat(chunks).toString()}é`.repeat(5_000);
    response.writeHead(409, { 'content-length': Buffer.byteLength(body) }).end(body);
  });
});
let connection: HttpConnection;
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
beforeEach(async () => {
  connection = await HttpConnection.open((server.address() as AddressInfo).port);
});
afterEach(() => connection.close());
afterAll(() => void server.close());

it('sends a request and reads its answer, one after another over the same connection', async () => {
  const put = requestText({ method: 'PUT', path: '/', headers: { 'x-of': 'me' }, json: { quantity: 1 } });
  const first = await connection.ask(put);
  expect([first.status, first.body]).toEqual([409, 'PUT me {"quantity":1}é'.repeat(5_000)]);
  expect((await connection.ask(requestText({ path: '/' }))).body).toBe('GET undefined é'.repeat(5_000));
});

it('rejects when the server cuts the connection before it answers', async () => {
  await expect(connection.ask(requestText({ path: '/cut' }))).rejects.toThrow('ended before the answer');
});

it('rejects at once on a connection that has ended', async () => {
  connection.close();
  await expect(connection.ask(requestText({ path: '/' }))).rejects.toThrow('ended before the answer');
});
