/** SQS and S3 on loopback, in a process of its own, since the package is an ES module. Its own start would bind every interface. */
import type { AddressInfo } from 'node:net';
import { buildApp } from 'fauxqs';

const app = await buildApp({ logger: false });
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) });
const { port } = app.server.address() as AddressInfo;

process.stdout.write(`${JSON.stringify({ port })}\n`);
