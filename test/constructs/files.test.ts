import { Files } from '../../lib/constructs/files';
import { aKey, aLogBucket, allowed, aRole, remembered, template, theirStack } from './parts';

const files = remembered(({ grant, imports }: { grant: boolean; imports?: boolean } = { grant: false }) => {
  const stack = theirStack();
  const parts = new Files(stack, 'Files', {
    uploadOrigins: ['https://shop.example.com', 'https://admin.example.com'],
    key: aKey(stack),
    accessLogs: aLogBucket(stack),
  });
  if (grant) parts.grantObjects(aRole(stack));
  if (imports) parts.grantImports(aRole(stack));
  return template(stack);
});

const buckets = () =>
  Object.fromEntries(
    Object.entries(files().Resources)
      .filter(([id, { Type }]) => Type === 'AWS::S3::Bucket' && id.startsWith('Files'))
      .map(([id, { Properties }]) => [id.replace(/[0-9A-F]{8}$/, ''), Properties]),
  );

test('there are three: the site, public pictures, and customers’ files', () => {
  expect(Object.keys(buckets())).toEqual(['FilesSite', 'FilesMedia', 'Files']);
});

test('browsers of the named origins may upload pictures and files, and nobody may upload the site', () => {
  const { FilesSite, FilesMedia, Files: privateFiles } = buckets();
  for (const bucket of [FilesMedia, privateFiles]) {
    expect(bucket?.CorsConfiguration.CorsRules).toEqual([
      expect.objectContaining({
        AllowedOrigins: ['https://shop.example.com', 'https://admin.example.com'],
        AllowedMethods: ['PUT', 'POST'],
      }),
    ]);
  }
  expect(FilesSite).not.toHaveProperty('CorsConfiguration');
});

test('a deletion can be undone for a month', () => {
  for (const bucket of Object.values(buckets())) {
    expect(bucket?.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(bucket?.LifecycleConfiguration.Rules[0].NoncurrentVersionExpiration).toEqual({ NoncurrentDays: 30 });
  }
});

test('what an import left behind is gone after a day, and its versions after another; no other file is', () => {
  const ending = Object.entries(buckets()).map(([id, bucket]) => [id, bucket?.LifecycleConfiguration.Rules.slice(1)]);
  expect(ending).toEqual([
    ['FilesSite', []],
    ['FilesMedia', []],
    [
      'Files',
      [{ Prefix: 'imports/', Status: 'Enabled', ExpirationInDays: 1, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
    ],
  ]);
});

test('who imports may read and write below one prefix of the bucket of files alone, delete nothing, and use the key', () => {
  const rights = allowed(files({ grant: false, imports: true }), 'TheirRole');
  const inBuckets = rights.filter(({ action }) => action.startsWith('s3:'));
  expect(inBuckets.map(({ action }) => action)).toEqual(['s3:GetObject', 's3:PutObject']);
  for (const { resource } of inBuckets) expect(resource).toMatch(/"Files[0-9A-F]{8}".*"\/imports\/\*"/);
  expect(rights.filter(({ resource }) => resource.includes('TheirKey')).map(({ action }) => action)).toEqual([
    'kms:Decrypt',
    'kms:GenerateDataKey',
  ]);
});

test('accesses to each bucket are logged under a prefix of its own', () => {
  const prefixes = Object.values(buckets()).map((bucket) => bucket?.LoggingConfiguration.LogFilePrefix as string);
  expect(prefixes).toEqual(['s3/site/', 's3/media/', 's3/files/']);
});

test('who gets objects may read, write and delete pictures and files by name, but list nothing and not touch the site', () => {
  const rights = allowed(files({ grant: true }), 'TheirRole').filter(({ action }) => action.startsWith('s3:'));
  expect(new Set(rights.map(({ action }) => action))).toEqual(
    new Set(['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload']),
  );
  for (const { resource } of rights) expect(resource).toMatch(/"(FilesMedia|Files)[0-9A-F]{8}".*"\/\*"/);
});

test('who gets objects may use their key', () => {
  const rights = allowed(files({ grant: true }), 'TheirRole').filter(({ resource }) => resource.includes('TheirKey'));
  expect(rights.map(({ action }) => action)).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
});

const rightsOf = (grant: 'grantLinks' | 'grantUpkeep') => {
  const stack = theirStack();
  const parts = new Files(stack, 'Files', { uploadOrigins: ['*'], key: aKey(stack), accessLogs: aLogBucket(stack) });
  parts[grant](aRole(stack));
  return allowed(template(stack), 'TheirRole').map(
    ({ action, resource }) => `${action} ${/TheirKey/.test(resource) ? 'key' : resource}`,
  );
};

/** A resource of a statement, as the bucket and what of it. */
const whose = (right: string): string =>
  right.replace(/\{"Fn::(?:Join|GetAtt)":.*?"(FilesMedia|Files)[0-9A-F]{8}","Arn"\]\}(?:,"(\/[^"]*)"\]\]\})?/, '$1$2');

test('who signs links may read and write customers’ files and originals of pictures and tell what is missing, and delete nothing', () => {
  expect(rightsOf('grantLinks').map(whose)).toEqual([
    's3:GetObject Files/files/*',
    's3:GetObject FilesMedia/uploads/*',
    's3:PutObject Files/files/*',
    's3:PutObject FilesMedia/uploads/*',
    's3:ListBucket Files',
    's3:ListBucket FilesMedia',
    'kms:Decrypt key',
    'kms:GenerateDataKey key',
  ]);
});

test('who keeps the buckets up may delete customers’ files and pictures, read originals and write what is served; no file of a customer’s', () => {
  expect(rightsOf('grantUpkeep').map(whose)).toEqual([
    's3:DeleteObject Files/files/*',
    's3:DeleteObject FilesMedia/media/products/*',
    's3:DeleteObject FilesMedia/uploads/*',
    's3:GetObject FilesMedia/uploads/*',
    's3:PutObject FilesMedia/media/products/*',
    'kms:Decrypt key',
    'kms:GenerateDataKey key',
  ]);
});
