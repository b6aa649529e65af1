import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { DatabaseConfig } from '../config/store-config';
import { EncryptedLogs, type LogSettings } from './encrypted-logs';

/** Settings that primary and replicas share: gp3, its provisioned figures only where RDS takes them, a week of insights free of charge. */
export function storageAndInsights({ iops, throughputMiBps, login }: Pick<DatabaseConfig, 'iops' | 'throughputMiBps' | 'login'>) {
  return {
    storageType: rds.StorageType.GP3,
    ...(iops !== undefined && { iops }),
    ...(throughputMiBps !== undefined && { storageThroughput: throughputMiBps }),
    enablePerformanceInsights: true,
    performanceInsightRetention: rds.PerformanceInsightRetention.DEFAULT,
    monitoringInterval: Duration.seconds(60), // memory and load by process, for a few cents of logs
    publiclyAccessible: false,
    iamAuthentication: login === 'iam', // it takes memory that the smallest classes have not
    caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
    autoMinorVersionUpgrade: true,
    copyTagsToSnapshot: true,
  };
}

export function postgresEngine(major: string): rds.IInstanceEngine {
  return rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.of(major, major) });
}

export function instanceType(instanceClass: string): ec2.InstanceType {
  return new ec2.InstanceType(instanceClass.replace(/^db\./, ''));
}

/** RDS writes to groups of these names; made before the instance, so that they are encrypted and have the configured retention. */
export function logsFirst(
  instance: Construct,
  identifier: string,
  exports: readonly string[],
  props: LogSettings,
): readonly EncryptedLogs[] {
  return exports.map((name) => {
    const group = new EncryptedLogs(instance, `Logs-${name}`, {
      ...props,
      logGroupName: `/aws/rds/instance/${identifier}/${name}`,
    });
    instance.node.defaultChild?.node.addDependency(group);
    return group;
  });
}
