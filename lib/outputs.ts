import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { ports } from '../services/contract';
import type { Cdn } from './constructs/cdn';
import type { Cluster } from './constructs/cluster';
import type { Database } from './constructs/database';
import type { Files } from './constructs/files';
import type { TierName } from './tiers/tier';

export interface Outputs {
  readonly tier: TierName;
  readonly cdn: Cdn;
  readonly files: Files;
  readonly cluster: Cluster;
  /** A service whose tasks admit sessions: the worker's; undefined: none does. */
  readonly worker: { readonly service: FargateService } | undefined;
  /** Whether files in a bucket are the site. */
  readonly siteOfFiles: boolean;
  readonly database: Database;
}

/** What a person needs right after a deployment; each command can be pasted as it is. */
export function addOutputs(stack: Stack, parts: Outputs): void {
  const { tier, cdn, files } = parts;
  const outputs: Record<string, { value: string; description: string }> = {
    Url: { value: cdn.url, description: 'The store' },
    Tier: { value: tier, description: 'The size that is deployed' },
    SiteBucket: { value: files.site.bucketName, description: 'Storefront and admin as static files' },
    MediaBucket: { value: files.media.bucketName, description: 'Public pictures, served under /media/ (keys start with media/)' },
    ...(parts.siteOfFiles && {
      UploadSiteCommand: { value: uploadSite(stack, parts), description: 'Uploads a built site and invalidates the CDN' },
    }),
    ...(parts.worker && {
      DatabaseTunnelCommand: {
        value: databaseTunnel(stack, parts, parts.worker.service),
        description: 'Opens a tunnel from localhost:5432 to the database through a worker task',
      },
    }),
  };
  for (const [id, output] of Object.entries(outputs)) new CfnOutput(stack, id, output);
}

function uploadSite(stack: Stack, { cdn, files }: Outputs): string {
  return [
    `aws s3 sync ./site s3://${files.site.bucketName} --delete --region ${stack.region}`,
    `aws cloudfront create-invalidation --distribution-id ${cdn.distribution.distributionId} --paths '/*'`,
  ].join(' && ');
}

function databaseTunnel(stack: Stack, { cluster, database }: Outputs, service: FargateService): string {
  const inCluster = `--region ${stack.region} --cluster ${cluster.cluster.clusterName}`;
  return [
    `TASK=$(aws ecs list-tasks ${inCluster} --service-name ${service.serviceName} --query 'taskArns[0]' --output text)`,
    `RUNTIME=$(aws ecs describe-tasks ${inCluster} --tasks "$TASK" --query "tasks[0].containers[?name=='worker'].runtimeId | [0]" --output text)`,
    `aws ssm start-session --region ${stack.region} --target "ecs:${cluster.cluster.clusterName}_\${TASK##*/}_$RUNTIME"` +
      ' --document-name AWS-StartPortForwardingSessionToRemoteHost' +
      ` --parameters host=${database.host},portNumber=${ports.postgres},localPortNumber=${ports.postgres}`,
  ].join(' && ');
}
