import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { uploadHeaders } from '../../../services/contract';
import {
  deleteObject,
  getObject,
  headObject,
  type ObjectForm,
  ObjectStoreError,
  openBucket,
  putObject,
  type SignedUpload,
  signDownload,
  signUpload,
} from '../../../services/runtime/object-store';
import { setUp } from '../../support/set-up';
import { type LocalBucket, startLocalBucket } from '../parts/local-bucket';

let local: LocalBucket;
setUp(async (started) => {
  local = await started.use(startLocalBucket());
});

const form: ObjectForm = { contentType: 'text/plain', bytes: 5, contentDisposition: "attachment; filename*=UTF-8''a%20b.txt" };
let keys = 0;
const newKey = () => `files/user/project/${(keys += 1)}.txt`;
const refusal = async (response: Response) => [response.status, /<Code>(\w+)/.exec(await response.text())?.[1]];

describe('a link for an upload', () => {
  let key: string;
  let link: SignedUpload;

  beforeEach(async () => {
    key = newKey();
    link = await signUpload(local.bucket, key, form, 900);
  });

  it('binds length, type, disposition, and that nothing is there; and holds for its seconds', () => {
    const { pathname, searchParams } = new URL(link.url);
    expect(pathname).toBe(`/files/${key}`);
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('content-disposition;content-length;content-type;host;if-none-match');
    expect(searchParams.get('X-Amz-Expires')).toBe('900');
    expect(searchParams.get('X-Amz-Content-Sha256')).toBe('UNSIGNED-PAYLOAD');
    expect([...searchParams.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
    const signedAt = searchParams.get('X-Amz-Date') ?? '';
    expect(new Date(link.expiresAt.getTime() - 900_000).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')).toBe(signedAt);
  });

  it('names the headers that are sent, which a page of another origin may send', () => {
    expect(link.headers).toEqual({
      'content-type': 'text/plain',
      'if-none-match': '*',
      'content-disposition': "attachment; filename*=UTF-8''a%20b.txt",
    });
    expect(uploadHeaders).toEqual(expect.arrayContaining(Object.keys(link.headers)));
  });

  it('takes what it was made for', async () => {
    expect((await local.upload(link, 'hello')).status).toBe(200);
    expect(await headObject(local.bucket, key)).toEqual(form);
  });

  it.each([
    ['a longer one', 'hello!', {}],
    ['a shorter one', 'hell', {}],
    ['another type', 'hello', { 'content-type': 'text/html' }],
    ['another disposition', 'hello', { 'content-disposition': 'inline' }],
    ['no condition', 'hello', { 'if-none-match': '' }],
  ])('refuses %s', async (_, body, headers) => {
    expect(await refusal(await local.upload(link, body, headers))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await headObject(local.bucket, key)).toBeUndefined();
  });

  it('takes one upload and no second', async () => {
    await local.upload(link, 'hello');
    expect(await refusal(await local.upload(link, 'HELLO'))).toEqual([412, 'PreconditionFailed']);
  });

  it('refuses another key', async () => {
    const other = { ...link, url: link.url.replace(key, newKey()) };
    expect(await refusal(await local.upload(other, 'hello'))).toEqual([403, 'SignatureDoesNotMatch']);
  });

  it('is over when it is', async () => {
    const over = await signUpload(local.bucket, key, form, -1);
    expect(await refusal(await local.upload(over, 'hello'))).toEqual([403, 'AccessDenied']);
  });

  it('needs no disposition', async () => {
    const plain = await signUpload(local.bucket, key, { contentType: 'image/png', bytes: 1 }, 900);
    expect(Object.keys(plain.headers)).toEqual(['content-type', 'if-none-match']);
    expect((await local.upload(plain, 'x')).status).toBe(200);
  });
});

const ask = (name: string) =>
  fetch(`${local.endpoint}/files/x`, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://localhost:5173',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': `content-type,${name}`,
    },
  });

test('a page of another origin may ask before it uploads, with the headers of the contract', async () => {
  expect((await ask('if-none-match')).headers.get('access-control-allow-headers')).toBe('content-type,if-none-match');
  expect((await ask('x-amz-meta-a')).status).toBe(200);
  expect((await ask('x-other')).status).toBe(403);
});

test('a link for a download gives the object as it was stored', async () => {
  const key = newKey();
  await putObject(local.bucket, key, Buffer.from('hello'), form);
  const { url, expiresAt } = await signDownload(local.bucket, key, 3_600);
  const response = await fetch(url);
  expect(await response.text()).toBe('hello');
  expect(response.headers.get('content-disposition')).toBe(form.contentDisposition);
  expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('3600');
  expect(Math.abs(expiresAt.getTime() - Date.now() - 3_600_000)).toBeLessThan(60_000);
});

const bucketOf = (...minutes: readonly number[]) => {
  const asked: (boolean | undefined)[] = [];
  const bucket = openBucket('files', 'eu-west-1', {
    credentials: async (options?: { forceRefresh?: boolean }) => {
      const left = minutes[Math.min(asked.length, minutes.length - 1)] ?? 0;
      asked.push(options?.forceRefresh);
      return { accessKeyId: 'a', secretAccessKey: 's', sessionToken: 't', expiration: new Date(Date.now() + left * 60_000) };
    },
  });
  return { bucket, asked };
};
const minutesLeft = async (bucket: LocalBucket['bucket']) =>
  Math.round(((await signDownload(bucket, 'k', 3_600)).expiresAt.getTime() - Date.now()) / 60_000);

describe('a link of credentials that end', () => {
  it('is signed by newer ones, where they outlive it', async () => {
    const { bucket, asked } = bucketOf(30, 300);
    expect(await minutesLeft(bucket)).toBe(60);
    expect(asked).toEqual([undefined, true]);
  });

  it('ends with them where there are no newer ones, and says so', async () => {
    expect(await minutesLeft(bucketOf(30).bucket)).toBe(30);
  });

  it('is signed by those that there are, where they outlive it', async () => {
    const { bucket, asked } = bucketOf(300);
    expect(await minutesLeft(bucket)).toBe(60);
    expect(asked).toHaveLength(1);
  });
});

describe('an object', () => {
  it('is written, read and deleted, and deleted again', async () => {
    const key = newKey();
    await putObject(local.bucket, key, Buffer.from('hello'), form);
    expect(await text((await getObject(local.bucket, key)) ?? Readable.from([]))).toBe('hello');
    await deleteObject(local.bucket, key);
    await deleteObject(local.bucket, key);
    expect(await headObject(local.bucket, key)).toBeUndefined();
    expect(await getObject(local.bucket, key)).toBeUndefined();
  });

  it('is copied as a stream', async () => {
    const [from, to] = [newKey(), newKey()];
    const bytes = Buffer.alloc(300_000, 'x');
    await putObject(local.bucket, from, bytes, { contentType: 'image/png', bytes: bytes.length });
    const stream = await getObject(local.bucket, from);
    await putObject(local.bucket, to, stream ?? bytes, { contentType: 'image/png', bytes: bytes.length });
    expect((await buffer((await getObject(local.bucket, to)) ?? Readable.from([]))).equals(bytes)).toBe(true);
  });

  it('of a bucket that is not there is a failure, and no missing object', async () => {
    const other = { ...local.bucket, name: 'no-such-bucket' };
    await expect(getObject(other, 'x')).rejects.toBeInstanceOf(ObjectStoreError);
  });
});

test('an S3 that is away is one kind of error, whatever is asked', async () => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
  const away = openBucket('files', 'eu-west-1', { endpoint: 'http://127.0.0.1:1', credentials, maxAttempts: 1 });
  for (const work of [
    () => headObject(away, 'x'),
    () => getObject(away, 'x'),
    () => putObject(away, 'x', Buffer.from('y'), form),
    () => deleteObject(away, 'x'),
  ])
    await expect(work()).rejects.toMatchObject({ code: 'OBJECT_STORE', cause: expect.any(Error) });
});

test('without credentials no link is signed, and that is the same kind of error', async () => {
  const none = openBucket('files', 'eu-west-1', { credentials: () => Promise.reject(new Error('no credentials')) });
  await expect(signUpload(none, 'x', form, 900)).rejects.toBeInstanceOf(ObjectStoreError);
  await expect(signDownload(none, 'x', 900)).rejects.toBeInstanceOf(ObjectStoreError);
});
