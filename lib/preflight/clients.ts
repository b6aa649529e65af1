import { ACMClient } from '@aws-sdk/client-acm';
import { BackupClient } from '@aws-sdk/client-backup';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { IAMClient } from '@aws-sdk/client-iam';
import { RDSClient } from '@aws-sdk/client-rds';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { XRayClient } from '@aws-sdk/client-xray';
import { clientSettings } from '../../services/runtime/aws-error';
import { type LocalTools, localTools } from './local-tools';

export interface PreflightClients extends LocalTools {
  readonly backup: BackupClient;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudFront: CloudFrontClient;
  readonly cloudWatch: CloudWatchClient;
  readonly ec2: EC2Client;
  readonly elastiCache: ElastiCacheClient;
  readonly iam: IAMClient;
  readonly logs: CloudWatchLogsClient;
  readonly rds: RDSClient;
  readonly route53: Route53Client;
  readonly secrets: SecretsManagerClient;
  readonly ses: SESv2Client;
  readonly ssm: SSMClient;
  readonly xray: XRayClient;
  /** Of another region than the store's. */
  readonly of: (region: string) => RegionalClients;
}

/** What is asked in more than one region. */
export interface RegionalClients {
  readonly acm: ACMClient;
  readonly costExplorer: CostExplorerClient;
  readonly ec2: EC2Client;
  readonly ecr: ECRClient;
  readonly quotas: ServiceQuotasClient;
  readonly sts: STSClient;
}

type Settings = Pick<EC2ClientConfig, 'region' | 'credentials' | 'endpoint' | 'retryStrategy'>;

/** @param settings region of the store; credentials are those of the environment or the profile unless given */
export function createPreflightClients(settings: Settings, tools = localTools): PreflightClients {
  const config = { ...clientSettings, ...settings };
  const regional = new Map<string, RegionalClients>();
  return {
    ...tools,
    backup: new BackupClient(config),
    cloudFormation: new CloudFormationClient(config),
    cloudFront: new CloudFrontClient(config),
    cloudWatch: new CloudWatchClient(config),
    ec2: new EC2Client(config),
    elastiCache: new ElastiCacheClient(config),
    iam: new IAMClient(config),
    logs: new CloudWatchLogsClient(config),
    rds: new RDSClient(config),
    route53: new Route53Client(config),
    secrets: new SecretsManagerClient(config),
    ses: new SESv2Client(config),
    ssm: new SSMClient(config),
    xray: new XRayClient(config),
    of: (region) => {
      const clients = regional.get(region) ?? regionalClients({ ...config, region });
      regional.set(region, clients);
      return clients;
    },
  };
}

function regionalClients(config: Settings): RegionalClients {
  return {
    acm: new ACMClient(config),
    costExplorer: new CostExplorerClient(config),
    ec2: new EC2Client(config),
    ecr: new ECRClient(config),
    quotas: new ServiceQuotasClient(config),
    sts: new STSClient(config),
  };
}
