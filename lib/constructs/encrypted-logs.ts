import { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface LogSettings {
  /** A key whose policy lets CloudWatch Logs use it, as `EncryptionKey` does; with another no log group can be made. */
  readonly key: kms.IKey;
  /** One of the day counts that CloudWatch Logs takes. */
  readonly logRetentionDays: number;
}

export interface EncryptedLogsProps extends LogSettings {
  /** Physical name, where the service that writes asks for one. @default - CloudFormation makes one */
  readonly logGroupName?: string;
}

/** A log group that is encrypted with the store's key, ends after its time and goes with its writer. */
export class EncryptedLogs extends logs.LogGroup {
  constructor(scope: Construct, id: string, { key, logRetentionDays, logGroupName }: EncryptedLogsProps) {
    super(scope, id, {
      encryptionKey: key,
      // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the enum's values are day counts; the configuration allows no other
      retention: logRetentionDays as logs.RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(logGroupName !== undefined && { logGroupName }),
    });
  }
}
