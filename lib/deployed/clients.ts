import { CloudFormationClient, type CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { RDSClient } from '@aws-sdk/client-rds';

export interface DeployedClients {
  readonly cloudFormation: CloudFormationClient;
  readonly rds: RDSClient;
}

type Settings = Pick<CloudFormationClientConfig, 'region' | 'credentials' | 'endpoint' | 'retryStrategy'>;

/** @param settings region of the store; credentials are those of the environment or the profile unless given */
export function createDeployedClients(settings: Settings): DeployedClients {
  const config = {
    // DescribeStacks is throttled for the whole account while a pipeline deploys: six attempts wait up to half a minute.
    retryMode: 'standard',
    maxAttempts: 6,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    ...settings,
  } as const;
  return { cloudFormation: new CloudFormationClient(config), rds: new RDSClient(config) };
}
