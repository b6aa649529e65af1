import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { RDSClient } from '@aws-sdk/client-rds';
import { clientSettings } from '../runtime/aws-error';

export interface Clients {
  readonly cloudWatch: CloudWatchClient;
  readonly rds: RDSClient;
}

type Settings = Pick<CloudWatchClientConfig, 'region' | 'credentials' | 'endpoint' | 'retryStrategy'>;

/** @param settings region; without one, the SDK takes that of the environment or the profile */
export function createClients(settings: Settings): Clients {
  const config = { ...clientSettings, ...settings };
  return { cloudWatch: new CloudWatchClient(config), rds: new RDSClient(config) };
}
