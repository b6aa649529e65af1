/** SQS and S3 on loopback, in a process of its own, since the package is an ES module. Its own start would bind every interface. */
import type { AddressInfo } from 'node:net';
import { type BuildAppOptions, buildApp } from 'fauxqs';
import { addRules } from './s3-rules.mts';

interface Wanted {
  readonly port: number;
  readonly folder?: string;
  readonly secretKey: string;
  readonly uploadHeaders: readonly string[];
}

type Stores = NonNullable<BuildAppOptions['stores']>;
type S3Store = Stores['s3Store'];
/** What the package does not give to others. */
interface Hidden {
  readonly SqsStore: new () => Stores['sqsStore'];
  readonly SnsStore: new () => Stores['snsStore'];
  readonly S3Store: new () => S3Store;
  readonly FileS3Persistence: new (folder: string) => NonNullable<S3Store['persistence']> & { loadS3(store: S3Store): void };
}
const modules = ['./sqs/sqsStore.js', './sns/snsStore.js', './s3/s3Store.js', './s3/fileS3Persistence.js'];
const main = import.meta.resolve('fauxqs');
const found = await Promise.all(modules.map((path) => import(new URL(path, main).href) as Promise<object>));
const hidden = Object.assign({}, ...found) as Hidden;

/** Bytes that S3 takes at once: the most of an upload, and some. */
const bodyLimit = 128 * 1024 * 1024;

const { port, folder, ...rules } = JSON.parse(process.argv[2] ?? '{}') as Wanted;
const s3Store = new hidden.S3Store();
if (folder !== undefined) {
  const persistence = new hidden.FileS3Persistence(folder);
  persistence.loadS3(s3Store);
  s3Store.persistence = persistence;
}
const stores = { s3Store, sqsStore: new hidden.SqsStore(), snsStore: new hidden.SnsStore() };
const app = buildApp({ logger: false, stores });
app.removeContentTypeParser('*');
app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
const hasObject = (bucket: string, key: string): boolean => {
  try {
    return s3Store.headObject(bucket, key) !== undefined;
  } catch {
    return false; // its own error for what is not there
  }
};
addRules(app, { ...rules, hasObject });
await app.listen({ host: '127.0.0.1', port });

process.stdout.write(`${JSON.stringify({ port: (app.server.address() as AddressInfo).port })}\n`);
