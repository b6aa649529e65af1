import { localSecretKey, startSqs } from '../../../bin/local/parts/sqs';
import { createBuckets } from '../../../bin/local/queues';
import { type Bucket, openBucket } from '../../../services/runtime/object-store';

export interface LocalBucket {
  readonly bucket: Bucket;
  readonly endpoint: string;
  /** What a browser does with a link. */
  readonly upload: (
    link: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
    body: string | Uint8Array<ArrayBuffer>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

/** A bucket in the stand-in for S3, which is empty. */
export async function startLocalBucket(): Promise<LocalBucket> {
  const server = await startSqs();
  await createBuckets(server.endpoint, ['files']);
  const bucket = openBucket('files', 'eu-west-1', {
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: localSecretKey },
  });
  return {
    bucket,
    endpoint: server.endpoint,
    upload: (link, body, headers) => fetch(link.url, { method: 'PUT', body, headers: { ...link.headers, ...headers } }),
    stop: async () => {
      bucket.client.destroy();
      await server.stop();
    },
  };
}
