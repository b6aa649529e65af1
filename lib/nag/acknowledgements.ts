import { type Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepted findings: the rules, where they apply, and what protects instead. */
export interface Acknowledgement {
  /** As cdk-nag names the findings; `<region>` and `<store>` stand for those of the stack. */
  readonly rules: readonly string[];
  /** Construct paths below the stack; a size that lacks one passes over it. */
  readonly at: readonly string[];
  readonly reason: string;
}

const nist = (rule: string): string => `NIST.800.53.R5::NIST.800.53.R5-${rule}`;
const rotation = 'Database/PasswordRotation';
const tasks = ['Api/Tasks/Task', 'Worker/Tasks/Task', 'Site/Tasks/Task', `${rotation}/Task`];
const taskRoles = tasks.map((task) => `${task}/TaskRole`);
const executionRoles = tasks.map((task) => `${task}/ExecutionRole`);
const replicas = Array.from({ length: 15 }, (_, index) => `Replicas/Replica${index + 1}`); // the most that RDS has
const roleSecrets = ['app', 'worker', 'migrations'].flatMap((role) =>
  ['', '-user', '-b-user', '-urls'].map((kind) => `Database/Passwords/store-${role}${kind}`),
);
const buckets = ['Files/Site', 'Files/Media', 'Files/Files'];
const families = ['redis7', 'valkey8'];
const shapes = families.flatMap((family) => ['Single', 'Replicated', 'Cluster'].map((shape) => `${family}${shape}`));
const caches = shapes.map((shape) => `Cache/${shape}`);
const jobCaches = families.map((family) => `JobsCache/${family}`);
const cacheSecrets = [
  ...['Cache', 'JobsCache'].flatMap((cache) => ['Redis', 'Valkey'].map((engine) => `${cache}/${engine}/Password`)),
  ...shapes.map((shape) => `Cache/Url-${shape}`),
  ...families.map((family) => `JobsCache/Url-${family}`),
];

/** Every accepted finding of cdk-nag (AwsSolutions, NIST 800-53 R5) and of the CDK: the page that a security reviewer reads. */
export const acknowledgements: readonly Acknowledgement[] = [
  // Edge
  {
    rules: ['AwsSolutions-CFR1'],
    at: ['Cdn/Distribution'],
    reason: 'The store sells wherever its customers are; the documents restrict no country.',
  },
  {
    rules: ['AwsSolutions-CFR2'],
    at: ['Cdn/Distribution'],
    reason: 'WAF stands on the load balancer, in the store’s own region; site and pictures are static files of private buckets.',
  },
  {
    rules: ['AwsSolutions-CFR4'],
    at: ['Cdn/Distribution'],
    reason: 'Without a domain CloudFront’s own certificate fixes its policy; with one the policy is TLS 1.2 of 2021.',
  },
  {
    rules: ['Annotation::@aws-cdk/aws-cloudfront-origins:wildcardKeyPolicyForOac'],
    at: [''],
    reason: 'Only distributions of this account may use the key, and bucket policies name the one distribution.',
  },
  {
    rules: ['Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk'],
    at: ['Cdn/Distribution'],
    reason: 'The right to list turns 403 into 404; the default root object and the paths prevent listing.',
  },
  {
    rules: [nist('ALBHttpToHttpsRedirection')],
    at: ['LoadBalancer/Balancer'],
    reason: 'Only CloudFront reaches the internal load balancer, and CloudFront redirects viewers to HTTPS.',
  },
  {
    rules: [nist('ELBv2ACMCertificateRequired')],
    at: ['LoadBalancer/Balancer'],
    reason:
      'A store with a certificate of its region has HTTPS here; otherwise HTTP stays inside the VPC, behind CloudFront’s HTTPS.',
  },
  {
    rules: [nist('ALBWAFEnabled')],
    at: ['LoadBalancer/Balancer'],
    reason: 'Sizes without WAF are reached by CloudFront alone; the API itself limits rates, for each viewer.',
  },
  // Network
  {
    rules: ['Annotation::@aws-cdk/aws-ec2:noSubnetRouteTableId'],
    at: ['Network/Vpc'],
    reason: 'The route tables of an existing VPC belong to its owner; the store neither changes nor reads them.',
  },
  {
    rules: [nist('VPCDefaultSecurityGroupClosed')],
    at: ['Network/Vpc'],
    reason: 'Nothing uses the default group; closing it takes a Lambda-backed custom resource, which this stack does without.',
  },
  {
    rules: [nist('VPCNoUnrestrictedRouteToIGW')],
    at: ['Network/Vpc'],
    reason:
      'Public subnets contain NAT gateways, or tasks whose security group allows no inbound traffic; data subnets have no such route.',
  },
  // Services
  {
    rules: ['AwsSolutions-ECS2'],
    at: tasks,
    reason: 'Plain variables are host names, ports, queue URLs, a sender and a DSN; secrets come from Secrets Manager.',
  },
  {
    rules: ['AwsSolutions-ECS4'],
    at: ['Cluster/Cluster'],
    reason: 'Small sizes watch the services’ free metrics; Container Insights, billed by metric, starts with the large size.',
  },
  {
    rules: ['AwsSolutions-IAM5[Resource::*]'],
    at: [...executionRoles, 'Api/Tasks/Task/TaskRole', 'Worker/Tasks/Task/TaskRole', 'Site/Tasks/Task/TaskRole', 'Assessor/Role'],
    reason:
      'ecr:GetAuthorizationToken, the session channels of ECS Exec (sessions are logged and encrypted), sending spans to X-Ray and reading CloudWatch know no resource; metrics are written to the store’s own namespace alone.',
  },
  {
    rules: ['AwsSolutions-IAM5[Resource::<FilesMedia8AFB6286.Arn>/*]'],
    at: taskRoles,
    reason: 'Objects of one bucket: pictures are uploaded under names that are not known in advance.',
  },
  {
    rules: [
      'AwsSolutions-IAM5[Resource::<FilesMedia8AFB6286.Arn>/uploads/*]',
      'AwsSolutions-IAM5[Resource::<FilesMedia8AFB6286.Arn>/media/products/*]',
    ],
    at: taskRoles,
    reason: 'Parts of one bucket: originals and what is served of them have names that are not known in advance.',
  },
  {
    rules: ['AwsSolutions-IAM5[Resource::<Files51320BCE.Arn>/*]', 'AwsSolutions-IAM5[Resource::<Files51320BCE.Arn>/files/*]'],
    at: taskRoles,
    reason: 'Objects of one bucket: files are uploaded under names that are not known in advance.',
  },
  {
    rules: ['AwsSolutions-IAM5[Resource::<Files51320BCE.Arn>/imports/*]'],
    at: ['Worker/Tasks/Task/TaskRole'],
    reason:
      'Files of imports and the reports beside them: their names are random, so that nobody finds another one’s, below one prefix.',
  },
  {
    rules: ['AwsSolutions-IAM5[Resource::arn:aws:logs:<region>:<AWS::AccountId>:log-group:<ClusterExecLogs956D313E>:*]'],
    at: ['Worker/Tasks/Task/TaskRole'],
    reason: 'Streams of the one log group of ECS Exec’s sessions.',
  },
  {
    rules: [nist('IAMNoInlinePolicy')],
    at: [
      ...taskRoles,
      ...executionRoles,
      'Proxy/Role',
      'Proxy/Reader',
      'Queues/Scheduler',
      `${rotation}/Scheduler`,
      'Assessor/Role',
      'Assessor/Scheduler',
    ],
    reason:
      'Each policy belongs to one role and is deleted with it; shared managed policies would grant more than one role needs.',
  },
  {
    rules: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole]'],
    at: ['Database/Monitoring'],
    reason: 'The policy that RDS requires; it writes to one log group.',
  },
  {
    rules: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]'],
    at: ['Backups/Role'],
    reason: 'The policy that AWS Backup requires and AWS keeps up to date; only AWS Backup can assume the role.',
  },
  {
    rules: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup]'],
    at: ['Backups/Role'],
    reason: 'The policy that AWS Backup requires to copy buckets; only AWS Backup can assume the role.',
  },
  {
    rules: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/CloudWatchReadOnlyAccess]'],
    at: ['Alerts/SlackRole'],
    reason: 'What a Slack channel may read of alarms and graphs; AWS maintains the policy, which is read-only.',
  },
  {
    rules: ['AwsSolutions-IAM5[Resource::arn:aws:ses:<region>:<AWS::AccountId>:configuration-set/*]'],
    at: ['Worker/Tasks/Task/TaskRole'],
    reason:
      'SES requires a right on the configuration set that an identity may have, whose name the store does not know; a condition binds the right to the store’s one sender.',
  },
  {
    rules: ['AwsSolutions-IAM5[Resource::arn:aws:rds:<region>:<AWS::AccountId>:db:<store>-*]'],
    at: ['Assessor/Role'],
    reason: 'The store’s primary and its replicas, of which a size may have any number; the right only describes them.',
  },
  {
    rules: ['AwsSolutions-IAM5[Resource::<AssessorFunction124A6538.Arn>:*]'],
    at: ['Assessor/Scheduler'],
    reason: 'Versions of the one function that the schedule calls, as the stock construct grants them.',
  },
  {
    rules: [nist('LambdaConcurrency')],
    at: ['Assessor/Function'],
    reason: 'It runs four times a day; reserved concurrency fails in new accounts, which have only ten to share.',
  },
  {
    rules: [nist('LambdaInsideVPC')],
    at: ['Assessor/Function'],
    reason: 'It calls only AWS APIs, with its role; inside the VPC it would need a NAT gateway and reach the database.',
  },
  // Data
  {
    rules: ['AwsSolutions-RDS11'],
    at: ['Database/Primary', ...replicas],
    reason: 'Another port protects nothing: the database has no route out, and its security group names its peers.',
  },
  {
    rules: ['AwsSolutions-RDS3', nist('RDSMultiAZSupport')],
    at: replicas,
    reason: 'A replica is an expendable copy; the primary serves reads when it fails. The primary is Multi-AZ.',
  },
  {
    rules: ['AwsSolutions-RDS10', nist('RDSInstanceDeletionProtectionEnabled')],
    at: replicas,
    reason: 'A replica has no data that the primary does not have; the primary is protected.',
  },
  {
    rules: [nist('RDSInBackupPlan')],
    at: ['Database/Primary', ...replicas],
    reason: 'RDS’s own backups restore the primary to any second; replicas are copies. Sizes from medium up add AWS Backup.',
  },
  {
    rules: ['AwsSolutions-RDS2', nist('RDSStorageEncrypted')],
    at: replicas,
    reason: 'A replica is encrypted as its primary is, with the store’s key; RDS refuses the property on a replica.',
  },
  {
    rules: ['AwsSolutions-SMG4', nist('SecretsManagerRotationEnabled')],
    at: ['Database/MasterSecret', ...roleSecrets, ...cacheSecrets],
    reason:
      'Secrets Manager’s rotation needs a NAT gateway, and the master secret has it where there is one; only the migrations’ program reads that. A task of the store rotates the passwords of roles, in every secret that has them. Those of caches are changed by hand, without an outage (docs/your-app.md): a container reads its URL only when it starts.',
  },
  {
    rules: [nist('CloudWatchAlarmAction')],
    at: replicas.map((path) => path.replace('/Replica', '/ReaderName/Lag-replica-')),
    reason: 'Route 53 reads its metric and leaves the replica out; the alarms of the catalogue tell people of the same lag.',
  },
  {
    rules: ['AwsSolutions-AEC4'],
    at: [...caches, ...jobCaches],
    reason:
      'The smallest size has one node: the cache is expendable and has no data that the database does not have. How many replicas keep jobs is a setting, and the review tells what is lost without one.',
  },
  {
    rules: ['AwsSolutions-AEC5'],
    at: [...caches, ...jobCaches],
    reason: 'Another port protects nothing: the cache has no route out, and its security group names its peers.',
  },
  {
    rules: ['AwsSolutions-AEC6'],
    at: [...caches, ...jobCaches],
    reason:
      'Instead of one shared password there are users: the services log in by IAM, programs of one’s own by a generated password. The default user is disabled.',
  },
  {
    rules: [nist('ElastiCacheRedisClusterAutomaticBackup')],
    at: [...caches, ...jobCaches],
    reason:
      'The cache has no data that the database does not have; it starts empty and fills itself. Jobs of a daily copy would run again; a last snapshot is taken before their cache is deleted.',
  },
  {
    rules: [nist('S3BucketReplicationEnabled')],
    at: [...buckets, 'AccessLogs/Bucket'],
    reason: 'One region by design; versions undo a deletion for a month, and AWS Backup copies the files from medium up.',
  },
  {
    rules: [nist('S3DefaultEncryptionKMS')],
    at: ['AccessLogs/Bucket'],
    reason: 'Load balancer and S3 deliver their logs to buckets with SSE-S3 only.',
  },
];

/** Records the accepted findings on the constructs of a stack. */
export function acknowledgeFindings(stack: Stack, store: string): void {
  for (const { rules, at, reason } of acknowledgements) {
    const ids = rules.map((rule) => rule.replace('<region>', stack.region).replace('<store>', store));
    for (const construct of at.flatMap((path) => descendant(stack, path) ?? [])) {
      Validations.of(construct).acknowledge(...ids.map((id) => ({ id, reason })));
    }
  }
}

function descendant(stack: Stack, path: string): IConstruct | undefined {
  const ids = path.split('/').filter(Boolean);
  return ids.reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), stack);
}
