import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { customerFilesPrefix, importPrefix, picturePrefixes, uploadHeaders } from '../../services/contract';
import type { FilesConfig } from '../config/store-config';

export interface FilesProps extends Pick<FilesConfig, 'uploadOrigins'> {
  readonly key: kms.IKey;
  readonly accessLogs: s3.IBucket;
}

/** Private buckets: the built site, public pictures (by the CDN), and customers' files (by links that expire). */
export class Files extends Construct {
  readonly site: s3.IBucket;
  readonly media: s3.IBucket;
  readonly files: s3.IBucket;
  private readonly key: kms.IKey;

  constructor(scope: Construct, id: string, props: FilesProps) {
    super(scope, id);
    const uploads: s3.CorsRule = {
      allowedOrigins: [...props.uploadOrigins],
      allowedMethods: [s3.HttpMethods.PUT, s3.HttpMethods.POST],
      allowedHeaders: [...uploadHeaders],
      exposedHeaders: ['ETag'], // uploads in several parts are put together by it
      maxAge: 3600,
    };
    this.site = privateBucket(this, 'Site', props);
    this.media = privateBucket(this, 'Media', props, uploads);
    this.files = privateBucket(this, 'Files', props, uploads, [importsEnd]);
    this.key = props.key;
  }

  /**
   * Signs links that put and read customers' files and put originals of pictures, and asks what is there: a link may do what its signer may. Without the right
   * to list, S3 does not tell what is missing from what is forbidden.
   */
  grantLinks(grantee: iam.IGrantable): void {
    const { originals } = this.pictureArns();
    grant(grantee, ['s3:GetObject', 's3:PutObject'], this.files.arnForObjects(`${customerFilesPrefix}*`), originals);
    grant(grantee, ['s3:ListBucket'], this.files.bucketArn, this.media.bucketArn);
    this.key.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  /** Deletes customers' files, and makes of originals of pictures what the CDN serves. */
  grantUpkeep(grantee: iam.IGrantable): void {
    const { originals, served } = this.pictureArns();
    grant(grantee, ['s3:DeleteObject'], this.files.arnForObjects(`${customerFilesPrefix}*`), originals, served);
    grant(grantee, ['s3:GetObject'], originals);
    grant(grantee, ['s3:PutObject'], served);
    this.key.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  private pictureArns() {
    const { originals, served } = picturePrefixes;
    return { originals: this.media.arnForObjects(`${originals}*`), served: this.media.arnForObjects(`${served}*`) };
  }

  /** Reads the files of imports, and lays a report beside each. */
  grantImports(grantee: iam.IGrantable): void {
    grant(grantee, ['s3:GetObject', 's3:PutObject'], this.files.arnForObjects(`${importPrefix}*`));
    this.key.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  /** Reads, writes and deletes pictures and customers' files: the actions by name, where the stock grants use wildcards. */
  grantObjects(grantee: iam.IGrantable): void {
    const objects = [this.media, this.files].map((bucket) => bucket.arnForObjects('*'));
    grant(grantee, ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'], ...objects);
    this.key.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
  }
}

function grant(grantee: iam.IGrantable, actions: string[], ...resourceArns: string[]): void {
  iam.Grant.addToPrincipal({ grantee, actions, resourceArns });
}

/** Files of an import have customers' addresses: what a command that was killed left behind is gone after a day, and after another the version that it was. */
const importsEnd: s3.LifecycleRule = {
  prefix: importPrefix,
  expiration: Duration.days(1),
  noncurrentVersionExpiration: Duration.days(1),
};

function privateBucket(
  scope: Construct,
  id: string,
  { key, accessLogs }: FilesProps,
  cors?: s3.CorsRule,
  more: readonly s3.LifecycleRule[] = [],
): s3.IBucket {
  const bucket = new s3.Bucket(scope, id, {
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true, // one key request for many objects
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    serverAccessLogsBucket: accessLogs,
    serverAccessLogsPrefix: `s3/${id.toLowerCase()}/`,
    ...(cors && { cors: [cors] }),
    lifecycleRules: [
      {
        abortIncompleteMultipartUploadAfter: Duration.days(7),
        noncurrentVersionExpiration: Duration.days(30), // a month to undo a deletion
        expiredObjectDeleteMarker: true,
      },
      ...more,
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  return bucket as s3.IBucket; // the stock class declares an optional member differently from its own interface
}
