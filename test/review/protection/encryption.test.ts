import { it as one, rowsOf, type WrittenResources } from './rows-of';

const key: WrittenResources = { Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } } };
const ofKey = { 'Fn::GetAtt': ['Key', 'Arn'] };
const rds = (Properties: object): WrittenResources => one('AWS::RDS::DBInstance', Properties);
const cache = (Properties: object): WrittenResources => one('AWS::ElastiCache::ReplicationGroup', Properties);
const bucket = (BucketEncryption?: object): WrittenResources => one('AWS::S3::Bucket', { BucketEncryption });
const sse = (ServerSideEncryptionByDefault: object) => ({
  ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault }],
});
const listener = (Properties: object, Scheme?: string): WrittenResources => ({
  ...one('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: { Ref: 'Balancer' }, ...Properties }),
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme } },
});
const parameters = (Parameters: object): WrittenResources => ({
  ...rds({ Engine: 'postgres', EngineVersion: '14.9', DBParameterGroupName: { Ref: 'Parameters' } }),
  Parameters: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters } },
});
const policy = (Type: string, target: object, statement: object): WrittenResources => ({
  Policy: { Type, Properties: { ...target, PolicyDocument: { Statement: [statement] } } },
});
const noPlainText = { Effect: 'Deny', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
const certificate = (ViewerCertificate?: object) =>
  one('AWS::CloudFront::Distribution', { DistributionConfig: { ViewerCertificate } });

test.each<readonly [name: string, resources: WrittenResources, row: string]>([
  [
    'a database with the stack’s key',
    { ...rds({ KmsKeyId: ofKey }), ...key },
    'good database at rest: encrypted with a key of the stack',
  ],
  [
    'a database with RDS’s key',
    rds({ StorageEncrypted: 'true' }),
    'good database at rest: encrypted with a key that AWS manages',
  ],
  ['a database without', rds({}), 'weak database at rest: not encrypted'],
  [
    'a database from a snapshot',
    rds({ DBSnapshotIdentifier: 'snap' }),
    'fact database at rest: encrypted with the key of the snapshot that it was restored from: lost if that key is deleted',
  ],
  [
    'a replica, which has what its source has',
    { ...rds({}), Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'It' } } } },
    'weak replica at rest: not encrypted, like its source',
  ],
  [
    'a replica of somebody else’s database',
    rds({ SourceDBInstanceIdentifier: 'elsewhere' }),
    'fact replica at rest: encrypted like its source, which is not in the template',
  ],
  ['a cache', cache({ AtRestEncryptionEnabled: true }), 'good cache at rest: encrypted with a key that AWS manages'],
  ['a cache without', cache({}), 'weak cache at rest: not encrypted'],
  ['a bucket that says nothing', bucket(), 'good bucket at rest: encrypted with S3’s own keys'],
  ['a bucket with a key of KMS', bucket(sse({ SSEAlgorithm: 'aws:kms' })), 'good bucket at rest: encrypted with a key of KMS'],
  [
    'a bucket with the stack’s key',
    { ...bucket(sse({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: ofKey })), ...key },
    'good bucket at rest: encrypted with a key of the stack',
  ],
  ['a queue that says nothing', one('AWS::SQS::Queue'), 'good queue at rest: encrypted with SQS’s own keys'],
  ['a queue that says no', one('AWS::SQS::Queue', { SqsManagedSseEnabled: false }), 'weak queue at rest: not encrypted'],
  ['a topic that says nothing', one('AWS::SNS::Topic'), 'weak topic at rest: not encrypted'],
  [
    'a topic with SNS’s own key',
    one('AWS::SNS::Topic', { KmsMasterKeyId: 'alias/aws/sns' }),
    'weak topic at rest: encrypted with alias/aws/sns, which drops notifications of CloudWatch alarms',
  ],
  [
    'a topic with a key not in the template',
    one('AWS::SNS::Topic', { KmsMasterKeyId: 'arn:aws:kms:key' }),
    'good topic at rest: encrypted with a key not in the template',
  ],
  ['a log group that says nothing', one('AWS::Logs::LogGroup'), 'fact log group at rest: encrypted with CloudWatch’s own keys'],
  [
    'a secret that says nothing',
    one('AWS::SecretsManager::Secret'),
    'good secret at rest: encrypted with a key that AWS manages',
  ],
  ['a key that is renewed', key, 'good key: rotated every year'],
  ['a key that is not', one('AWS::KMS::Key'), 'weak key: not rotated'],
])('at rest: %s', (_, resources, row) => {
  expect(rowsOf(resources, 'encryption')).toContain(row);
});

test.each<readonly [name: string, resources: WrittenResources, row: string]>([
  [
    'viewers with CloudFront’s certificate',
    certificate(),
    'weak viewers to the CDN: from TLS 1.0 on: CloudFront’s default certificate; with a domain the minimum is TLS 1.2',
  ],
  [
    'viewers with a certificate and today’s policy',
    certificate({ AcmCertificateArn: 'arn', MinimumProtocolVersion: 'TLSv1.2_2021' }),
    'good viewers to the CDN: from TLSv1.2_2021 on',
  ],
  [
    'viewers with a certificate and an old policy',
    certificate({ AcmCertificateArn: 'arn', MinimumProtocolVersion: 'TLSv1.1_2016' }),
    'weak viewers to the CDN: from TLSv1.1_2016 on',
  ],
  [
    'a VPC origin over HTTPS',
    one('AWS::CloudFront::VpcOrigin', { VpcOriginEndpointConfig: { OriginProtocolPolicy: 'https-only' } }),
    'good CDN to the balancer: HTTPS',
  ],
  ['an HTTPS listener', listener({ Protocol: 'HTTPS', SslPolicy: 'P' }), 'good listener: HTTPS, policy P'],
  [
    'a listener that redirects',
    listener({ Protocol: 'HTTP', DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } }] }),
    'good listener: HTTP, which only redirects to HTTPS',
  ],
  ['plain HTTP inside', listener({ Protocol: 'HTTP' }, 'internal'), 'fact listener: HTTP inside the VPC'],
  ['plain HTTP outside', listener({ Protocol: 'HTTP' }), 'weak listener: HTTP, unencrypted on the Internet'],
  ['PostgreSQL that forces TLS', parameters({ 'rds.force_ssl': 1 }), 'good tasks to the database: TLS only'],
  ['PostgreSQL that does not', parameters({ 'rds.force_ssl': '0' }), 'weak tasks to the database: TLS optional'],
  [
    'PostgreSQL 15, which does by itself',
    rds({ Engine: 'postgres', EngineVersion: '15' }),
    'good tasks to the database: TLS only, as PostgreSQL 15 and later by default',
  ],
  ['PostgreSQL 14, which does not', parameters({}), 'weak tasks to the database: TLS optional: rds.force_ssl is not set'],
  ['a proxy that asks for TLS', one('AWS::RDS::DBProxy', { RequireTLS: true }), 'good tasks to the proxy: TLS only'],
  ['a proxy that does not', one('AWS::RDS::DBProxy'), 'weak tasks to the proxy: TLS optional: RequireTLS is off'],
  ['a cache with TLS', cache({ TransitEncryptionEnabled: true }), 'good tasks to the cache: TLS only'],
  [
    'a cache with TLS for who wants it',
    cache({ TransitEncryptionEnabled: true, TransitEncryptionMode: 'preferred' }),
    'weak tasks to the cache: TLS optional',
  ],
  [
    'a bucket whose policy refuses plain text',
    { ...bucket(), ...policy('AWS::S3::BucketPolicy', { Bucket: { Ref: 'It' } }, noPlainText) },
    'good requests to the bucket: TLS only, by policy',
  ],
  [
    'a queue whose policy refuses it by a list of values',
    {
      ...one('AWS::SQS::Queue'),
      ...policy(
        'AWS::SQS::QueuePolicy',
        { Queues: [{ Ref: 'It' }] },
        { ...noPlainText, Condition: { Bool: { 'aws:SecureTransport': [false] } } },
      ),
    },
    'good requests to the queue: TLS only, by policy',
  ],
  [
    'a topic whose policy refuses another thing',
    {
      ...one('AWS::SNS::Topic'),
      ...policy(
        'AWS::SNS::TopicPolicy',
        { Topics: [{ Ref: 'It' }] },
        { Effect: 'Deny', Principal: '*', Condition: { StringEquals: {} } },
      ),
    },
    'weak requests to the topic: plain HTTP is not refused',
  ],
])('in transit: %s', (_, resources, row) => {
  expect(rowsOf(resources, 'encryption')).toContain(row);
});
