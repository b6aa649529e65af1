import type { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type ImportReport, reportKey } from '../../contract';
import { clientSettings } from '../../runtime/aws-error';

export interface ImportObjects {
  /** The file, as it comes. */
  read(key: string): Promise<AsyncIterable<Uint8Array>>;
  /** Lays a report beside the file, in the place of the one before. */
  report(key: string, report: ImportReport): Promise<void>;
  close(): void;
}

export function createImportObjects(region: string, Bucket: string): ImportObjects {
  const config = { region, ...clientSettings, forcePathStyle: true };
  const client = new S3Client(config);
  return {
    read: async (Key) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return Body as Readable;
    },
    report: async (key, report) => {
      const Body = JSON.stringify(report);
      await client.send(new PutObjectCommand({ Bucket, Key: reportKey(key), Body, ContentType: 'application/json' }));
    },
    close: () => client.destroy(),
  };
}
