import { CloudFormationClient, type CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { RDSClient } from '@aws-sdk/client-rds';
import { clientSettings } from '../../services/runtime/aws-error';

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
