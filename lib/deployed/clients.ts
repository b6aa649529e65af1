import { CloudFormationClient, type CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { ECSClient } from '@aws-sdk/client-ecs';
import { RDSClient } from '@aws-sdk/client-rds';
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
