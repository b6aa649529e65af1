import { isReplica, primaries } from '../../template/database';
import { member, type Resource, scalar, type Template } from '../../template/template';
import { type Statement, statements } from './statements';
import type { ProtectionRow } from './types';

/** With which key each kind of data rests on disk. */
export function encryptionAtRest(template: Template): ProtectionRow[] {
  const of = (type: string) => template.ofType(type);
  const replicas = of('AWS::RDS::DBInstance').filter(isReplica);
  return [
    ...statements('encryption', ['database at rest', 'databases at rest'], primaries(template), ofInstance),
    ...statements('encryption', ['replica at rest', 'replicas at rest'], replicas, ofReplica),
    ...statements('encryption', ['cache at rest', 'caches at rest'], of('AWS::ElastiCache::ReplicationGroup'), (group) =>
      byKeyOrFlag(group, 'AtRestEncryptionEnabled'),
    ),
    ...statements('encryption', ['bucket at rest', 'buckets at rest'], of('AWS::S3::Bucket'), ofBucket),
    ...statements('encryption', ['queue at rest', 'queues at rest'], of('AWS::SQS::Queue'), ofQueue),
    ...statements('encryption', ['topic at rest', 'topics at rest'], of('AWS::SNS::Topic'), ofTopic),
    ...statements('encryption', ['log group at rest', 'log groups at rest'], of('AWS::Logs::LogGroup'), ofLogs),
    ...statements('encryption', ['secret at rest', 'secrets at rest'], of('AWS::SecretsManager::Secret'), ofSecret),
    ...statements('encryption', ['key', 'keys'], of('AWS::KMS::Key'), ofKey),
  ];
}

const encrypted = (key: string): Statement => ['good', `encrypted with ${key}`];

/** The key that a property names; undefined if it names none. */
function describeKey(resource: Resource, path: string): string | undefined {
  const value = resource.value(path);
  if (value === undefined) return undefined;
  const [own] = resource.references(path);
  if (own?.type === 'AWS::KMS::Key' || own?.type === 'AWS::KMS::Alias') return 'a key of the stack';
  return scalar(value)?.includes('alias/aws/') ? 'a key that AWS manages' : 'a key not in the template';
}

function ofInstance(instance: Resource): Statement {
  if (instance.value('DBSnapshotIdentifier') !== undefined)
    return ['fact', 'encrypted with the key of the snapshot that it was restored from: lost if that key is deleted'];
  return byKeyOrFlag(instance, 'StorageEncrypted');
}

function byKeyOrFlag(resource: Resource, flag: string): Statement {
  const key = describeKey(resource, 'KmsKeyId') ?? (resource.flag(flag) ? 'a key that AWS manages' : undefined);
  return key === undefined ? ['weak', 'not encrypted'] : encrypted(key);
}

/** RDS refuses the property on a replica in the same region: it is encrypted as its source is. */
function ofReplica(replica: Resource): Statement {
  const [source] = replica.references('SourceDBInstanceIdentifier');
  if (!source) return ['fact', 'encrypted like its source, which is not in the template'];
  if (isReplica(source)) return ['fact', 'encrypted like its source, a replica itself'];
  const [verdict, text] = ofInstance(source);
  return [verdict, `${text}, like its source`];
}

/** S3 user guide, default encryption: every new object since January 2023, with S3's own keys where a bucket says nothing. */
function ofBucket(bucket: Resource): Statement {
  const path = 'BucketEncryption.ServerSideEncryptionConfiguration';
  const uses = bucket.list(path).map((rule) => member(member(rule, 'ServerSideEncryptionByDefault'), 'SSEAlgorithm'));
  if (!uses.some((algorithm) => scalar(algorithm)?.startsWith('aws:kms'))) return encrypted('S3’s own keys');
  return encrypted(bucket.references(path).length > 0 ? 'a key of the stack' : 'a key of KMS');
}

/** SQS developer guide: SSE-SQS is on for new queues since October 2022 unless it is turned off. */
function ofQueue(queue: Resource): Statement {
  const key = describeKey(queue, 'KmsMasterKeyId');
  if (key !== undefined) return encrypted(key);
  const off = queue.value('SqsManagedSseEnabled') !== undefined && !queue.flag('SqsManagedSseEnabled');
  return off ? ['weak', 'not encrypted'] : encrypted('SQS’s own keys');
}

function ofTopic(topic: Resource): Statement {
  const key = describeKey(topic, 'KmsMasterKeyId');
  if (key === undefined) return ['weak', 'not encrypted'];
  if (scalar(topic.value('KmsMasterKeyId'))?.includes('alias/aws/sns'))
    return ['weak', 'encrypted with alias/aws/sns, which drops notifications of CloudWatch alarms'];
  return encrypted(key);
}

function ofLogs(group: Resource): Statement {
  const key = describeKey(group, 'KmsKeyId');
  return key === undefined ? ['fact', 'encrypted with CloudWatch’s own keys'] : encrypted(key);
}

function ofSecret(secret: Resource): Statement {
  return encrypted(describeKey(secret, 'KmsKeyId') ?? 'a key that AWS manages');
}

function ofKey(key: Resource): Statement {
  return key.flag('EnableKeyRotation') ? ['good', 'rotated every year'] : ['weak', 'not rotated'];
}
