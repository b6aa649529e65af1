import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { RDSClient } from '@aws-sdk/client-rds';

export interface Clients {
  readonly cloudWatch: CloudWatchClient;
  readonly rds: RDSClient;
}

type Settings = Pick<CloudWatchClientConfig, 'region' | 'credentials' | 'endpoint' | 'retryStrategy'>;

/** @param settings region; without one, the SDK takes that of the environment or the profile */
export function createClients(settings: Settings): Clients {
  const config = {
    // An assessment is a dozen calls, too few for the adaptive mode to learn a rate from. DescribeAlarms is limited for the whole
    // account, so its throttling is waited out: six attempts are up to half a minute.
    retryMode: 'standard',
    maxAttempts: 6,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    ...settings,
  } as const;
  return { cloudWatch: new CloudWatchClient(config), rds: new RDSClient(config) };
}
