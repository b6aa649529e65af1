import { ACMClient } from '@aws-sdk/client-acm';
import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { RDSClient } from '@aws-sdk/client-rds';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { clientSettings } from '../../services/runtime/aws-error';

export interface PreflightClients {
  readonly ec2: EC2Client;
  readonly quotas: ServiceQuotasClient;
  readonly rds: RDSClient;
  readonly secrets: SecretsManagerClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
  /** Certificates of the region in their ARN. */
  readonly acm: (region: string) => ACMClient;
}

type Settings = Pick<EC2ClientConfig, 'region' | 'credentials' | 'endpoint' | 'retryStrategy'>;

/** @param settings region of the store; credentials are those of the environment or the profile unless given */
export function createPreflightClients(settings: Settings): PreflightClients {
  const config = { ...clientSettings, ...settings };
  return {
    ec2: new EC2Client(config),
    quotas: new ServiceQuotasClient(config),
    rds: new RDSClient(config),
    secrets: new SecretsManagerClient(config),
    ssm: new SSMClient(config),
    sts: new STSClient(config),
    acm: (region) => new ACMClient({ ...config, region }),
  };
}
