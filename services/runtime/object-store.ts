import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** A bucket, and the client that asks for its objects. */
export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
}

/** What an object is stored with and served with again. */
export interface ObjectForm {
  readonly contentType: string;
  readonly bytes: number;
  /** @default - as whoever opens it likes */
  readonly contentDisposition?: string;
  /** @default - as the CDN likes */
  readonly cacheControl?: string;
}

export interface SignedLink {
  readonly url: string;
  readonly expiresAt: Date;
}

export interface SignedUpload extends SignedLink {
  /** Sent with the upload, these and no other values: they are signed. A browser writes `content-length` itself. */
  readonly headers: Readonly<Record<string, string>>;
}

/** S3 did not answer, or not as it should; the same may succeed later. `cause` has S3's own words. */
export class ObjectStoreError extends Error {
  readonly code = 'OBJECT_STORE';

  constructor(doing: string, cause: unknown) {
    super(`${doing} failed at S3`, { cause });
    this.name = 'ObjectStoreError';
  }
}

/** ms and tries: assumptions. All of it must end before the load balancer gives a request up (`idleConnectionSeconds`). */
const bucketLimits = {
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
  maxAttempts: 2,
} as const;

/** `s3`: settings of the client, for an S3 that is not AWS's. */
export const openBucket = (name: string, region: string, s3: S3ClientConfig = {}): Bucket => ({
  name,
  // A checksum of nothing would become a part of the signed link, and no upload match it.
  client: new S3Client({ region, ...bucketLimits, requestChecksumCalculation: 'WHEN_REQUIRED', ...s3 }),
});

/**
 * A link by which somebody puts this object and no other: of this length, this type and this disposition, once. S3 refuses what differs in a signed header,
 * the length too (github.com/storacha/w3infra pull request 79; github.com/HALO-UMC/HALO-SERVER issue 270), and with `if-none-match: *` what is there already
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html); a link alone could be used again until it ends. All read 2026-11-29.
 * @throws {ObjectStoreError}
 */
export async function signUpload(bucket: Bucket, key: string, form: ObjectForm, seconds: number): Promise<SignedUpload> {
  const { contentType, contentDisposition } = form;
  const command = new PutObjectCommand({ ...input(bucket, key, form), IfNoneMatch: '*' });
  return {
    ...(await signed(bucket, seconds, (options) =>
      getSignedUrl(bucket.client, command, { ...options, signableHeaders: signedToo }),
    )),
    headers: {
      'content-type': contentType,
      'if-none-match': '*',
      ...(contentDisposition !== undefined && { 'content-disposition': contentDisposition }),
    },
  };
}

/** The SDK leaves it out of links, all others of a command are signed. */
const signedToo = new Set(['content-type']);

/** A link that reads an object. @throws {ObjectStoreError} */
export const signDownload = (bucket: Bucket, key: string, seconds: number): Promise<SignedLink> =>
  signed(bucket, seconds, (options) =>
    getSignedUrl(bucket.client, new GetObjectCommand({ Bucket: bucket.name, Key: key }), options),
  );

interface SigningOptions {
  readonly expiresIn: number;
  readonly signingDate: Date;
}

/**
 * A link ends with the credentials that signed it (https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html), which ECS renews every few
 * hours: those that end sooner are asked for anew, and `expiresAt` is true of those that there are.
 */
async function signed(
  { client }: Bucket,
  seconds: number,
  sign: (options: SigningOptions) => Promise<string>,
): Promise<SignedLink> {
  return asked('Signing a link', async () => {
    const signingDate = new Date();
    const wanted = new Date(signingDate.getTime() + seconds * 1_000);
    const current = await client.config.credentials();
    const outlives = current.expiration === undefined || current.expiration >= wanted;
    const { expiration = wanted } = outlives ? current : await client.config.credentials({ forceRefresh: true });
    return {
      url: await sign({ expiresIn: seconds, signingDate }),
      expiresAt: expiration < wanted ? expiration : wanted,
    };
  });
}

/** What is there under a key; undefined for nothing. Needs `s3:ListBucket`: without it S3 does not tell what is missing from what is forbidden. */
export const headObject = (bucket: Bucket, key: string): Promise<ObjectForm | undefined> =>
  asked('Asking for an object', async () => {
    try {
      const head = await bucket.client.send(new HeadObjectCommand({ Bucket: bucket.name, Key: key }));
      const { ContentType = '', ContentLength = 0, ContentDisposition } = head;
      return {
        contentType: ContentType,
        bytes: ContentLength,
        ...(ContentDisposition !== undefined && { contentDisposition: ContentDisposition }),
      };
    } catch (error) {
      return absentObject(error);
    }
  });

/** Writes an object, or writes it anew. @throws {ObjectStoreError} */
export const putObject = (bucket: Bucket, key: string, body: Uint8Array | Readable, form: ObjectForm): Promise<void> =>
  asked('Writing an object', async () => {
    await bucket.client.send(new PutObjectCommand({ ...input(bucket, key, form), Body: body }));
  });

/** undefined where nothing is there. Whoever gets a stream reads it to its end, or destroys it. @throws {ObjectStoreError} */
export const getObject = (bucket: Bucket, key: string): Promise<Readable | undefined> =>
  asked('Reading an object', async () => {
    try {
      const { Body } = await bucket.client.send(new GetObjectCommand({ Bucket: bucket.name, Key: key }));
      return Body as Readable;
    } catch (error) {
      return absentObject(error);
    }
  });

/** Nothing is under the key afterwards, whether there was something or not. @throws {ObjectStoreError} */
export const deleteObject = (bucket: Bucket, key: string): Promise<void> =>
  asked('Deleting an object', async () => {
    await bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: key }));
  });

const input = ({ name }: Bucket, key: string, { contentType, bytes, contentDisposition, cacheControl }: ObjectForm) => ({
  Bucket: name,
  Key: key,
  ContentType: contentType,
  ContentLength: bytes,
  ...(contentDisposition !== undefined && { ContentDisposition: contentDisposition }),
  ...(cacheControl !== undefined && { CacheControl: cacheControl }),
});

/** HEAD has no body that would name the error: its client makes `NotFound` of a 404. */
function absentObject(error: unknown): undefined {
  if (error instanceof Error && ['NotFound', 'NoSuchKey'].includes(error.name)) return undefined;
  throw error;
}

async function asked<T>(doing: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw new ObjectStoreError(doing, error);
  }
}
