import { CloudFormationClient, type CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { ECSClient } from '@aws-sdk/client-ecs';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../../services/runtime/aws-error';
import type { TaskClients } from './worker-task';

export interface DeployedClients {
  readonly cloudFormation: CloudFormationClient;
  readonly rds: RDSClient;
}

type Settings = Pick<CloudFormationClientConfig, 'region' | 'credentials' | 'endpoint' | 'retryStrategy'>;

/** @param settings region of the store; credentials are those of the environment or the profile unless given */
export function createDeployedClients(settings: Settings): DeployedClients {
  const config = { ...clientSettings, ...settings };
  return { cloudFormation: new CloudFormationClient(config), rds: new RDSClient(config) };
}

/** @param settings as those of `createDeployedClients` */
export function createTaskClients(settings: Settings): TaskClients {
  const config = { ...clientSettings, ...settings };
  return { cloudFormation: new CloudFormationClient(config), ecs: new ECSClient(config) };
}

const silent = () => undefined;

/** A file may take minutes to go up. Silent: the SDK would warn on the terminal that a stream is sent once, and the error says what happened. @param settings as those of `createDeployedClients` */
export function createFilesClient(settings: Settings): S3Client {
  const requestHandler = { ...clientSettings.requestHandler, requestTimeout: 30 * 60_000 };
  const logger = { debug: silent, info: silent, warn: silent, error: silent };
  const requestChecksumCalculation = 'WHEN_REQUIRED'; // of a stream by plain HTTP, as on this machine, there is none
  return new S3Client({
    ...clientSettings,
    requestHandler,
    requestChecksumCalculation,
    forcePathStyle: true,
    logger,
    ...settings,
  });
}
