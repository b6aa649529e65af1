import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type ImportReport, importPrefix, reportKey } from '../../services/contract';
import { callAws as callForCommand } from '../../services/runtime/aws-error';
import { DeployedError } from './deployed-error';

/** Rights of whoever imports, on `imports/*` of the bucket of files and, for `kms`, on the store's key. */
const actions = ['s3:PutObject', 's3:GetObject', 's3:DeleteObject', 'kms:GenerateDataKey', 'kms:Decrypt'] as const;

export interface FilesPlace {
  readonly client: S3Client;
  readonly bucket: string;
  readonly region: string;
}

/** A file on its way into a store, and what its task tells of it. */
export interface ImportFile {
  readonly key: string;
  /** What the task told last; undefined before its first report. */
  progress(): Promise<ImportReport | undefined>;
  /** @throws DeployedError where there is none */
  report(): Promise<ImportReport>;
  /** Both are gone; what is left by a command that was killed ends after a day. */
  remove(): Promise<void>;
}

/** @param bytes of the file at `path` @throws DeployedError */
export async function uploadImport(
  { client, bucket: Bucket, region }: FilesPlace,
  { path, bytes }: { readonly path: string; readonly bytes: number },
): Promise<ImportFile> {
  const call = <Answer>(action: (typeof actions)[number], run: () => Promise<Answer>): Promise<Answer> =>
    callForCommand(DeployedError, { action, region, needs: actions }, run);
  const key = `${importPrefix}${randomUUID()}`;
  const read = async (): Promise<ImportReport> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: reportKey(key) }));
    return JSON.parse((await Body?.transformToString()) ?? '') as ImportReport;
  };
  const put = new PutObjectCommand({ Bucket, Key: key, Body: createReadStream(path), ContentLength: bytes });
  await call('s3:PutObject', () => client.send(put));
  return {
    key,
    progress: () => read().catch(() => undefined), // also what is not there is refused to whoever may not list the bucket
    report: () => call('s3:GetObject', read),
    remove: async () => {
      for (const Key of [key, reportKey(key)])
        await call('s3:DeleteObject', () => client.send(new DeleteObjectCommand({ Bucket, Key })));
    },
  };
}
