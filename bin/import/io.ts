import type { S3Client } from '@aws-sdk/client-s3';
import type { AdminIo } from '../admin/io';

/** What the command needs of the process that it runs in; tests give their own. */
export interface ImportIo extends AdminIo {
  readonly filesClient: (region: string) => S3Client;
}

/** Nothing was imported; the message is the whole text for the user. */
export class ImportError extends Error {}
