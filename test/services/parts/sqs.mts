/** An SQS on loopback, in a process of its own, since the package is an ES module. Ends when its standard input does. */
import type { AddressInfo } from 'node:net';
import { buildApp } from 'fauxqs';

const app = await buildApp({ logger: false });
await app.listen({ host: '127.0.0.1', port: 0 });
const { port } = app.server.address() as AddressInfo;

process.stdout.write(`${JSON.stringify({ port })}\n`);
process.stdin.resume().on('end', () => process.exit(0));
