import { Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import type { NetworkConfig, ServiceConfig } from '../../lib/config/store-config';
import { Cache, type CacheProps } from '../../lib/constructs/cache';
import { Cluster } from '../../lib/constructs/cluster';
import { Database, type DatabaseProps } from '../../lib/constructs/database';
import { DatabaseProxy } from '../../lib/constructs/database-proxy';
import { Files } from '../../lib/constructs/files';
import { JobsCache, type JobsCacheProps } from '../../lib/constructs/jobs-cache';
import { LoadBalancer } from '../../lib/constructs/load-balancer';
import { Network } from '../../lib/constructs/network';
import { Queues } from '../../lib/constructs/queues';
import { Replicas } from '../../lib/constructs/replicas';
import type { Platform } from '../../lib/constructs/store-task';
import { createApp, templateOnly } from '../../lib/store-app';
import { type CloudFormationResource, type CloudFormationTemplate, resourcesOf } from '../support/stores';

export { remembered } from '../support/remembered';

/** Small parts that constructs ask for, in a stack that is not the store's: each construct must stand on its own there. */

export function theirStack(region = 'us-east-1'): Stack {
  const stack = new Stack(createApp(templateOnly), 'Theirs', { env: { region } });
  for (const warning of ['aws-ec2:noSubnetRouteTableId', 'aws-cloudfront-origins:wildcardKeyPolicyForOac']) {
    Validations.of(stack).acknowledge({
      id: `Annotation::@aws-cdk/${warning}`,
      reason: 'They know; see lib/nag/acknowledgements.ts.',
    });
  }
  return stack;
}

/** What the stack would deploy; the last call of a test, since it synthesises. */
export function template(stack: Stack): CloudFormationTemplate {
  return Template.fromStack(stack).toJSON() as CloudFormationTemplate;
}

/** Properties of every resource of a type. */
export function propertiesOf(from: CloudFormationTemplate, type: string) {
  return resourcesOf(from, type).map(([, { Properties }]) => Properties ?? {});
}

/** The one resource of a type, with its logical ID. */
export function only(from: CloudFormationTemplate, type: string): CloudFormationResource & { readonly id: string } {
  const found = resourcesOf(from, type);
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} of ${type} where one was expected`);
  return { id: first[0], ...first[1] };
}

/** Properties of the secret whose logical ID begins so. */
export function secretNamed(from: CloudFormationTemplate, start: string) {
  const found = resourcesOf(from, 'AWS::SecretsManager::Secret').find(([id]) => id.startsWith(start));
  if (!found) throw new Error(`No secret is called ${start}`);
  return found[1].Properties;
}

/** What CloudFormation replaces by the password of the secret whose logical ID begins so. */
export function referenceTo(start: string): object {
  const secret = { Ref: expect.stringMatching(new RegExp(`^${start}`)) as string };
  return { 'Fn::Join': ['', ['{{resolve:secretsmanager:', secret, ':SecretString:password::}}']] };
}

/** One for each stack, however often it is asked for. */
function shared<T extends IConstruct>(stack: Stack, id: string, make: () => T): T {
  return (stack.node.tryFindChild(id) as T | undefined) ?? make();
}

export const aKey = (stack: Stack): kms.Key => shared(stack, 'TheirKey', () => new kms.Key(stack, 'TheirKey'));

export const aRole = (stack: Stack): iam.Role =>
  shared(stack, 'TheirRole', () => new iam.Role(stack, 'TheirRole', { assumedBy: new iam.AccountRootPrincipal() }));

/** A bucket that takes access logs of every service. */
export const aLogBucket = (stack: Stack): s3.IBucket =>
  shared(
    stack,
    'TheirLogs',
    () => new s3.Bucket(stack, 'TheirLogs', { objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED }),
  ) as s3.IBucket;

export const newVpc: NetworkConfig = {
  natGateways: 0,
  cidr: '10.0.0.0/16',
  zones: 3,
  existingVpc: undefined,
  cloudFrontPrefixList: 'pl-3b927c52',
};

export const theirVpc: NetworkConfig = {
  ...newVpc,
  existingVpc: {
    vpcId: 'vpc-0123456789abcdef0',
    zones: ['us-east-1a', 'us-east-1b'],
    publicSubnetIds: ['subnet-0000000a', 'subnet-0000000b'],
    applicationSubnetIds: ['subnet-0000000c', 'subnet-0000000d'],
    dataSubnetIds: ['subnet-0000000e', 'subnet-0000000f'],
  },
};

/** A network in a VPC that somebody else owns, so that the template holds little but what is under test. */
export const aNetwork = (stack: Stack, settings: Partial<NetworkConfig> = {}): Network =>
  shared(stack, 'Network', () => new Network(stack, 'Network', { ...theirVpc, ...settings, accessLogs: aLogBucket(stack) }));

const databaseSettings = {
  engineVersion: '18',
  instanceClass: 'db.t4g.micro',
  storageGb: 20,
  multiAz: true,
  backupRetentionDays: 7,
  deletionProtection: true,
  login: 'iam',
  iops: undefined,
  throughputMiBps: undefined,
  snapshotIdentifier: undefined,
  storeName: 'theirs',
  instanceIdentifier: 'theirs-database',
  rotationFunctionName: 'theirs-rotation',
  logRetentionDays: 30,
} as const satisfies Omit<DatabaseProps, 'network' | 'key'>;

export const aDatabase = (stack: Stack, settings: Partial<DatabaseProps> = {}): Database =>
  shared(
    stack,
    'Database',
    () => new Database(stack, 'Database', { ...databaseSettings, network: aNetwork(stack), key: aKey(stack), ...settings }),
  );

export const someReplicas = (stack: Stack, instanceIdentifiers: readonly string[] = []): Replicas =>
  shared(
    stack,
    'Replicas',
    () =>
      new Replicas(stack, 'Replicas', {
        ...databaseSettings,
        instanceIdentifiers,
        database: aDatabase(stack),
        network: aNetwork(stack),
        key: aKey(stack),
      }),
  );

export const aProxy = (stack: Stack, roles: readonly string[] = ['reader']): DatabaseProxy =>
  shared(
    stack,
    'Proxy',
    () =>
      new DatabaseProxy(stack, 'Proxy', {
        engineVersion: '18',
        proxyName: 'theirs-proxy',
        roles,
        network: aNetwork(stack),
        database: aDatabase(stack),
        key: aKey(stack),
        logRetentionDays: 30,
      }),
  );

const cacheSettings = {
  engine: 'redis',
  nodeType: 'cache.t4g.micro',
  mode: 'single',
  modeIsGiven: false,
  login: 'iam',
  shards: 1,
  replicasPerShard: 0,
  userId: 'theirs-app',
  passwordUserId: 'theirs-url',
  disabledUserId: 'theirs-default',
  userGroupId: 'theirs-users',
} as const satisfies Omit<CacheProps, 'network' | 'key'>;

export const aCache = (stack: Stack, settings: Partial<CacheProps> = {}): Cache =>
  shared(
    stack,
    'Cache',
    () => new Cache(stack, 'Cache', { ...cacheSettings, network: aNetwork(stack), key: aKey(stack), ...settings }),
  );

export const aJobsCache = (stack: Stack, settings: Partial<JobsCacheProps> = {}): JobsCache =>
  shared(
    stack,
    'JobsCache',
    () =>
      new JobsCache(stack, 'JobsCache', {
        engine: 'redis',
        nodeType: 'cache.t4g.micro',
        replicas: 0,
        failover: false,
        userId: 'theirs-jobs',
        disabledUserId: 'theirs-jobs-no',
        userGroupId: 'theirs-jobs',
        network: aNetwork(stack),
        key: aKey(stack),
        ...settings,
      }),
  );

export const someQueues = (stack: Stack): Queues => shared(stack, 'Queues', () => new Queues(stack, 'Queues'));

export const someFiles = (stack: Stack): Files =>
  shared(
    stack,
    'Files',
    () =>
      new Files(stack, 'Files', {
        uploadOrigins: ['https://theirs.example.com'],
        key: aKey(stack),
        accessLogs: aLogBucket(stack),
      }),
  );

export const aBalancer = (stack: Stack, certificateArn?: string): LoadBalancer =>
  shared(
    stack,
    'LoadBalancer',
    () => new LoadBalancer(stack, 'LoadBalancer', { network: aNetwork(stack), accessLogs: aLogBucket(stack), certificateArn }),
  );

export const serviceSettings: ServiceConfig = {
  cpu: 256,
  memoryMiB: 512,
  minTasks: 2,
  maxTasks: 4,
  databaseConnections: 5,
  night: undefined,
  drops: [],
};

/** Everything that API and worker stand on, at its smallest; make larger parts before it. */
export function aPlatform(stack: Stack): Platform {
  return {
    storeName: 'theirs',
    siteUrl: 'https://shop.example.com',
    apiUrl: 'https://api.example.com',
    network: aNetwork(stack),
    key: aKey(stack),
    cluster: new Cluster(stack, 'Cluster', {
      network: aNetwork(stack),
      key: aKey(stack),
      containerInsights: false,
      logRetentionDays: 30,
    }),
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/theirs/services:1.0.0'),
    backends: {
      database: aDatabase(stack),
      proxy: stack.node.tryFindChild('Proxy') as DatabaseProxy | undefined,
      replicas: someReplicas(stack),
      cache: aCache(stack),
      queues: someQueues(stack),
      files: someFiles(stack),
    },
    logRetentionDays: 30,
  };
}

/** Ways out of security groups of this template to others of it: `part -> part: port`, in order. */
export function rulesBetweenGroups(from: CloudFormationTemplate): string[] {
  return propertiesOf(from, 'AWS::EC2::SecurityGroupEgress')
    .map((rule) => `${ownerOf(rule.GroupId)} -> ${ownerOf(rule.DestinationSecurityGroupId)}: ${rule.FromPort}`)
    .toSorted((one, other) => one.localeCompare(other));
}

function ownerOf(group: unknown): string {
  return /"([A-Za-z]+)SecurityGroup/.exec(JSON.stringify(group))?.[1] ?? '?';
}

/** What the statements of a role's own policies allow: `action on resource`. */
export function allowed(from: CloudFormationTemplate, roleId: string): { action: string; resource: string }[] {
  return propertiesOf(from, 'AWS::IAM::Policy')
    .filter(({ Roles }) => JSON.stringify(Roles).includes(roleId))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[])
    .flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ action, resource: JSON.stringify(resource) }))),
    );
}
