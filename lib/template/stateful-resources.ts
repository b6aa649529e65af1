import { isReplica } from './database';
import type { Resource } from './template';

/** What holds data, or an address that others know. */
export interface Holding {
  readonly one: string;
  readonly many: string;
  /** What goes with it. */
  readonly goes: string;
  /** Nobody counts what there is one of: `the URL`. */
  readonly alone?: string;
}

const holdings: Readonly<Record<string, Holding>> = {
  'AWS::RDS::DBInstance': { one: 'database', many: 'databases', alone: 'the database', goes: 'all its data' },
  'AWS::RDS::DBCluster': { one: 'database cluster', many: 'database clusters', goes: 'all its data' },
  'AWS::DynamoDB::Table': { one: 'table', many: 'tables', goes: 'all its items' },
  'AWS::EFS::FileSystem': { one: 'file system', many: 'file systems', goes: 'all its files' },
  'AWS::Cognito::UserPool': { one: 'user pool', many: 'user pools', goes: 'all its users' },
  'AWS::SQS::Queue': { one: 'queue', many: 'queues', goes: 'the messages in it' },
  'AWS::S3::Bucket': { one: 'bucket', many: 'buckets', goes: 'all its files' },
  'AWS::SecretsManager::Secret': { one: 'secret', many: 'secrets', alone: 'the secret', goes: 'its value' },
  'AWS::KMS::Key': { one: 'key', many: 'keys', alone: 'the key', goes: 'whatever it has encrypted' },
  'AWS::Backup::BackupVault': { one: 'backup vault', many: 'backup vaults', alone: 'the backup vault', goes: 'the copies in it' },
  'AWS::CloudFront::Distribution': {
    one: 'distribution',
    many: 'distributions',
    alone: 'the URL',
    goes: 'its address, which customers know',
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    one: 'load balancer',
    many: 'load balancers',
    alone: 'the load balancer',
    goes: 'its address, which the CDN knows',
  },
  'AWS::DynamoDB::GlobalTable': { one: 'table', many: 'tables', goes: 'all its items' },
  'AWS::EC2::Volume': { one: 'disk', many: 'disks', goes: 'all its data' },
  'AWS::ECR::Repository': { one: 'image repository', many: 'image repositories', goes: 'all its images' },
  'AWS::Kinesis::Stream': { one: 'stream', many: 'streams', goes: 'the records in it' },
  'AWS::OpenSearchService::Domain': { one: 'search domain', many: 'search domains', goes: 'all its documents' },
  'AWS::Elasticsearch::Domain': { one: 'search domain', many: 'search domains', goes: 'all its documents' },
  'AWS::DocDB::DBCluster': { one: 'database cluster', many: 'database clusters', goes: 'all its data' },
  'AWS::Neptune::DBCluster': { one: 'database cluster', many: 'database clusters', goes: 'all its data' },
  'AWS::Redshift::Cluster': { one: 'warehouse', many: 'warehouses', goes: 'all its data' },
  'AWS::FSx::FileSystem': { one: 'file system', many: 'file systems', goes: 'all its files' },
  'AWS::QLDB::Ledger': { one: 'ledger', many: 'ledgers', goes: 'all its data' },
  'AWS::SDB::Domain': { one: 'table', many: 'tables', goes: 'all its items' },
  'AWS::Timestream::Table': { one: 'table', many: 'tables', goes: 'all its records' },
  'AWS::S3Tables::TableBucket': { one: 'bucket of tables', many: 'buckets of tables', goes: 'all its tables' },
  'AWS::Route53::HostedZone': { one: 'hosted zone', many: 'hosted zones', goes: 'the names that lead here' },
  'AWS::EC2::VPC': { one: 'VPC', many: 'VPCs', alone: 'the VPC', goes: 'everything that stands in it' },
};

/** undefined for what holds nothing that anybody would miss, replicas of a database among it. */
export function holdingOf(resource: Resource | undefined): Holding | undefined {
  if (!resource || (resource.type === 'AWS::RDS::DBInstance' && isReplica(resource))) return undefined;
  return Object.hasOwn(holdings, resource.type) ? holdings[resource.type] : undefined;
}

/** In the order in which people think of them. */
export const holdingTypes = Object.keys(holdings);
