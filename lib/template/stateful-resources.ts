import { holdsJobs, isCacheLogin } from './cache';
import { isReplica, repeatedPassword, rolePassword } from './database';

import type { Resource } from './template';

/** A type of resource that cannot be created again as it was. */
export interface StatefulType {
  readonly singular: string;
  readonly plural: string;
  /** What is lost with it: `all its data`. */
  readonly contents: string;
  /** What it is called where there is one of it: `the URL`. */
  readonly only?: string;
  /** It has an address that others know, and no data. */
  readonly addressOnly?: true;
}

/** The one list: changes, protection and the trap on state read it. @default plural - the singular with an s */
const statefulTable: Readonly<Record<string, Omit<StatefulType, 'plural'> & Partial<Pick<StatefulType, 'plural'>>>> = {
  'AWS::RDS::DBInstance': { singular: 'database', only: 'the database', contents: 'all its data' },
  'AWS::RDS::DBCluster': { singular: 'database cluster', contents: 'all its data' },
  'AWS::DynamoDB::Table': { singular: 'table', contents: 'all its items' },
  'AWS::EFS::FileSystem': { singular: 'file system', contents: 'all its files' },
  'AWS::Cognito::UserPool': { singular: 'user pool', contents: 'all its users' },
  'AWS::SQS::Queue': { singular: 'queue', contents: 'the messages in it' },
  'AWS::S3::Bucket': { singular: 'bucket', contents: 'all its files' },
  'AWS::SecretsManager::Secret': { singular: 'secret', only: 'the secret', contents: 'its value' },
  'AWS::KMS::Key': { singular: 'key', only: 'the key', contents: 'whatever it has encrypted' },
  'AWS::Backup::BackupVault': { singular: 'backup vault', only: 'the backup vault', contents: 'the copies in it' },
  'AWS::CloudFront::Distribution': {
    singular: 'distribution',
    only: 'the URL',
    contents: 'its address, which customers know',
    addressOnly: true,
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    singular: 'load balancer',
    only: 'the load balancer',
    contents: 'its address, which the CDN knows',
    addressOnly: true,
  },
  'AWS::DynamoDB::GlobalTable': { singular: 'table', contents: 'all its items' },
  'AWS::EC2::Volume': { singular: 'disk', contents: 'all its data' },
  'AWS::ECR::Repository': { singular: 'image repository', plural: 'image repositories', contents: 'all its images' },
  'AWS::Kinesis::Stream': { singular: 'stream', contents: 'the records in it' },
  'AWS::OpenSearchService::Domain': { singular: 'search domain', contents: 'all its documents' },
  'AWS::Elasticsearch::Domain': { singular: 'search domain', contents: 'all its documents' },
  'AWS::DocDB::DBCluster': { singular: 'database cluster', contents: 'all its data' },
  'AWS::Neptune::DBCluster': { singular: 'database cluster', contents: 'all its data' },
  'AWS::Redshift::Cluster': { singular: 'warehouse', contents: 'all its data' },
  'AWS::FSx::FileSystem': { singular: 'file system', contents: 'all its files' },
  'AWS::QLDB::Ledger': { singular: 'ledger', contents: 'all its data' },
  'AWS::SDB::Domain': { singular: 'table', contents: 'all its items' },
  'AWS::Timestream::Table': { singular: 'table', contents: 'all its records' },
  'AWS::S3Tables::TableBucket': { singular: 'bucket of tables', plural: 'buckets of tables', contents: 'all its tables' },
  'AWS::Route53::HostedZone': { singular: 'hosted zone', contents: 'the names that lead here', addressOnly: true },
  'AWS::EC2::VPC': { singular: 'VPC', only: 'the VPC', contents: 'everything that stands in it', addressOnly: true },
};

/** A zone of names within a VPC: nobody outside has them, and whoever makes it anew needs no registrar. */
export const isPrivateZone = (resource: Resource): boolean =>
  resource.type === 'AWS::Route53::HostedZone' && resource.value('VPCs') !== undefined;

/** Of a type that is none in most cases: a cache, which may lose its content, but not where it evicts nothing. */
const jobCache: StatefulType = { singular: 'job cache', plural: 'job caches', only: 'the job cache', contents: 'the jobs in it' };

/** undefined for what can be created again; a read replica is a copy, and a role's password is set from whatever secret there is. */
export function statefulType(resource: Resource | undefined): StatefulType | undefined {
  if (!resource || (resource.type === 'AWS::RDS::DBInstance' && isReplica(resource))) return undefined;
  if (rolePassword(resource) ?? repeatedPassword(resource)) return undefined;
  if (isPrivateZone(resource) || isCacheLogin(resource)) return undefined;
  if (holdsJobs(resource)) return jobCache;
  const row = Object.hasOwn(statefulTable, resource.type) ? statefulTable[resource.type] : undefined;
  return row && { plural: `${row.singular}s`, ...row };
}

/** In the order in which people think of them. */
export const statefulTypes = Object.keys(statefulTable);
