import { brokenAppRules } from './broken-app';
import { brokenDatabaseRules } from './broken-database-rules';
import { brokenEdgeRules } from './broken-edge-rules';
import { domain, drop, night, vpc } from './good-parts';

const nat = { natGateways: 2 };
const slack = { workspaceId: 'T0123456789', channelId: 'C0123456789' };

/** Stores beside it, for rules that look at them. */
export const storesBeside: Readonly<Record<string, object>> = {
  'slack-channel-once': { staging: { region: 'eu-west-1', alarmSlack: slack } },
};

/** Rule, settings of a store in us-east-1, a medium one unless they pin another size, that break it alone, and the problem as it is told. */
export const brokenRules: readonly (readonly [rule: string, settings: object, line: string])[] = [
  [
    'slack-channel-once',
    { alarmSlack: slack },
    'stores.acme.alarmSlack.channelId is "C0123456789"; the store "staging" names this channel, and AWS takes a Slack channel once an account: the second store fails at deployment → a channel of its own, or "alarmTopics" with a topic that the channel is told of → "acceptRisk": "the reason why this is safe here", beside "region", to accept it',
  ],
  [
    'alarm-topics-region',
    { alarmTopics: { page: ['arn:aws:sns:us-east-1:111122223333:on-call', 'arn:aws:sns:eu-west-1:111122223333:on-call'] } },
    'stores.acme.alarmTopics.page[1] is "arn:aws:sns:eu-west-1:111122223333:on-call"; an alarm can only notify topics in its own region, us-east-1 → a topic in us-east-1 that forwards to it',
  ],
  [
    'alarm-topics-once',
    { alarmTopics: { page: ['arn:aws:sns:us-east-1:111122223333:all'], ticket: ['arn:aws:sns:us-east-1:111122223333:all'] } },
    'stores.acme.alarmTopics.ticket[0] is "arn:aws:sns:us-east-1:111122223333:all"; list each topic once: pages and tickets in one topic cannot be distinguished → leave it out',
  ],
  [
    'api-memory',
    { api: { memoryMiB: 1024 } },
    'stores.acme.api.memoryMiB is 1024; Fargate gives 1024 CPU units 2048 to 8192 MiB (steps of 1024) → "memoryMiB": 2048',
  ],
  [
    'worker-memory',
    { worker: { cpu: 256, memoryMiB: 1536 } },
    'stores.acme.worker.memoryMiB is 1536; Fargate gives 256 CPU units 512, 1024, 2048 MiB → "memoryMiB": 2048',
  ],
  ['api-tasks', { api: { minTasks: 8 } }, 'stores.acme.api.maxTasks is 6; 8 (api.minTasks) or more is allowed → "maxTasks": 8'],
  [
    'worker-tasks',
    { worker: { minTasks: 5 } },
    'stores.acme.worker.maxTasks is 4; 5 (worker.minTasks) or more is allowed → "maxTasks": 5',
  ],
  [
    'api-two-tasks',
    { api: { minTasks: 1 } },
    'stores.acme.api.minTasks is 1; 2 or more keep the store up while a task or its zone fails → "minTasks": 2 → "acceptRisk": "the reason why this is safe here", beside "region", to accept it',
  ],
  [
    'drop-ends-after-it-starts',
    { drops: [{ ...drop, to: '2026-12-01T08:00:00Z' }] },
    `stores.acme.drops[0].to is "2026-12-01T08:00:00Z"; a time after the drop's start 2026-12-01T09:00:00Z is allowed → "to": "2026-12-01T12:00:00Z"`,
  ],
  [
    'drops-do-not-overlap',
    { drops: [drop, { ...drop, from: '2026-12-01T13:00:00+02:00', to: '2026-12-01T14:00:00Z' }] },
    'stores.acme.drops[1].from is "2026-12-01T13:00:00+02:00"; drops must not overlap or touch: the end of one would stop the tasks of the other → merge the two into one drop with the tasks of the larger',
  ],
  [
    'drop-tasks',
    { drops: [{ ...drop, tasks: 13 }] },
    'stores.acme.drops[0].tasks is 13; 2 (api.minTasks) to 12 (twice api.maxTasks, which network and database are sized for) are allowed → "tasks": 12',
  ],
  [
    'night-not-in-production',
    { night },
    'stores.acme.production is true; night requires false: a store in production never stops → "production": false',
  ],
  [
    'night-has-a-length',
    { night: { ...night, startAt: '22:00' }, production: false },
    'stores.acme.night.startAt is "22:00"; a time other than stopAt (22:00) is allowed → "startAt": "06:00"',
  ],
  ...brokenDatabaseRules,
  [
    'cache-shards-need-cluster-mode',
    { cache: { shards: 2 } },
    'stores.acme.cache.shards is 2; 1 is allowed without "mode": "cluster" → "shards": 1',
  ],
  [
    'cache-cluster-needs-replicas',
    { cache: { mode: 'cluster', replicasPerShard: 0 } },
    'stores.acme.cache.replicasPerShard is 0; 1 to 5 are allowed with "mode": "cluster": CloudFormation cannot update a cluster without replicas → "replicasPerShard": 1',
  ],
  [
    'cache-nodes-quota',
    { cache: { mode: 'cluster', shards: 46 } },
    `stores.acme.cache.shards is 46; with 1 replicas per shard (cache.replicasPerShard) there are 92 nodes; the ElastiCache quota is 90 per cluster → "shards": 45 → "acceptRisk": "the reason why this is safe here", beside "region", to accept it`,
  ],
  [
    'cache-node-engine',
    { cache: { nodeType: 'cache.r8g.large' } },
    'stores.acme.cache.nodeType is "cache.r8g.large"; the price list has this node only for valkey → "nodeType": "cache.r7g.large" → "acceptRisk": "the reason why this is safe here", beside "region", to accept it',
  ],
  [
    'cache-node-instead-of-shards',
    { tier: 'large', cache: { mode: 'single', nodeType: 'cache.m7g.large' } },
    'stores.acme.cache.nodeType is "cache.m7g.large"; with "mode": "single" one node has to carry what the 2 shards of cache.m7g.large do that large has: 9.6 GiB for data and 1.874 Gbit/s → "nodeType": "cache.m7g.xlarge" → "acceptRisk": "the reason why this is safe here", beside "region", to accept it',
  ],
  [
    'jobs-cache-node-engine',
    { jobsCache: { nodeType: 'cache.m8g.large' } },
    'stores.acme.jobsCache.nodeType is "cache.m8g.large"; the price list has this node only for valkey → "nodeType": "cache.m7g.large" → "acceptRisk": "the reason why this is safe here", beside "region", to accept it',
  ],
  [
    'jobs-cache-failover-needs-replicas',
    { jobsCache: { failover: true } },
    'stores.acme.jobsCache.failover is true; there is no replica that could take over (jobsCache.replicas) → "failover": false',
  ],
  [
    'nat-gateway-a-zone',
    { network: { natGateways: 3 }, zones: 2 },
    'stores.acme.network.natGateways is 3; 0 to 2 are allowed in 2 zones → "natGateways": 2',
  ],
  [
    'zones-of-the-region',
    { zones: ['us-east-1a', 'us-east-2b', 'us-east-1c'] },
    'stores.acme.zones[1] is "us-east-2b"; a zone of us-east-1 is allowed → "us-east-1b"',
  ],
  [
    'vpc-zones-of-the-region',
    { vpc: { ...vpc, zones: ['us-east-1a', 'us-west-2b'] }, network: nat },
    'stores.acme.vpc.zones[1] is "us-west-2b"; a zone of us-east-1 is allowed → "us-east-1b"',
  ],
  [
    'zones-in-the-account',
    { region: 'us-west-1', zones: 3 },
    'stores.acme.zones is 3; a new account gets two zones in us-west-1, and a third fails at deployment; name the zones if your account has three → "zones": 2',
  ],
  [
    'part-not-in-the-region',
    { region: 'ap-southeast-6', cloudFrontPrefixList: 'pl-0123456789abcdef0' },
    'stores.acme.region is "ap-southeast-6"; AWS does not list ap-southeast-6 among the regions of VPC origins, which the store needs; any other region is allowed → "region": "us-east-1" → "acceptRisk": "the reason why this is safe here", beside "region", to accept it',
  ],
  [
    'zones-distinct',
    { zones: ['us-east-1a', 'us-east-1b', 'us-east-1a'] },
    'stores.acme.zones is ["us-east-1a", "us-east-1b", "us-east-1a"]; list each zone once → "zones": ["us-east-1a", "us-east-1b"]',
  ],
  [
    'vpc-zones-distinct',
    { vpc: { ...vpc, zones: ['us-east-1a', 'us-east-1a'] } },
    'stores.acme.vpc.zones is ["us-east-1a", "us-east-1a"]; list each zone once → "zones": ["us-east-1a", "us-east-1b"]',
  ],
  [
    'vpc-has-its-own-zones',
    { zones: 2, vpc },
    'stores.acme.zones is 2; an existing VPC names its zones in vpc.zones → leave it out',
  ],
  [
    'vpc-has-its-own-cidr',
    { cidr: '10.1.0.0/16', vpc },
    'stores.acme.cidr is "10.1.0.0/16"; an existing VPC has its own address range → leave it out',
  ],
  [
    'vpc-application-subnets',
    { vpc: { ...vpc, applicationSubnetIds: ['subnet-0000000a', 'subnet-0000000b', 'subnet-0000000e'] } },
    'stores.acme.vpc.applicationSubnetIds is ["subnet-0000000a", "subnet-0000000b", "subnet-0000000e"]; 2 subnets are required, one for each of vpc.zones in the same order → "applicationSubnetIds": ["subnet-0000000a", "subnet-0000000b"]',
  ],
  [
    'vpc-data-subnets',
    { vpc: { ...vpc, dataSubnetIds: ['subnet-0000000c', 'subnet-0000000d', 'subnet-0000000e'] } },
    'stores.acme.vpc.dataSubnetIds is ["subnet-0000000c", "subnet-0000000d", "subnet-0000000e"]; 2 subnets are required, one for each of vpc.zones in the same order → "dataSubnetIds": ["subnet-0000000c", "subnet-0000000d"]',
  ],
  [
    'vpc-public-subnets',
    { vpc, network: { natGateways: 0 } },
    `stores.acme.vpc.publicSubnetIds is []; 2 subnets, one per zone, are required because tasks get public addresses (network.natGateways is 0) → "network": { "natGateways": 1 }, if the VPC's application subnets have a route out, or 2 public subnets`,
  ],
  [
    'vpc-public-subnets',
    { vpc: { ...vpc, publicSubnetIds: ['subnet-0000000e'] } },
    'stores.acme.vpc.publicSubnetIds is ["subnet-0000000e"]; 2 subnets, one per zone, or none are allowed → "publicSubnetIds": []',
  ],
  [
    'vpc-subnets-distinct',
    { vpc: { ...vpc, dataSubnetIds: ['subnet-0000000a', 'subnet-0000000d'] } },
    'stores.acme.vpc.dataSubnetIds[0] is "subnet-0000000a"; list each subnet once: data subnets have no route out, application subnets are not public → another subnet',
  ],
  [
    'addresses-for-tasks',
    { cidr: '10.1.0.0/20', network: { natGateways: 0 }, api: { maxTasks: 20 } },
    'stores.acme.cidr is "10.1.0.0/20"; a deployment of 24 tasks takes 48 addresses and the public subnets have 33 → "cidr": "10.0.0.0/16"',
  ],
  [
    'addresses-for-tasks',
    { cidr: '10.1.0.0/20', network: { natGateways: 0 }, api: { maxTasks: 400 } },
    'stores.acme.cidr is "10.1.0.0/20"; a deployment of 404 tasks takes 808 addresses and the public subnets have 33 → fewer tasks (maxTasks), or a NAT gateway: tasks then use the larger application subnets',
  ],
  [
    'cloudfront-prefix-list',
    { region: 'me-central-1' },
    `stores.acme.cloudFrontPrefixList is not given; the id of CloudFront's prefix list in me-central-1 is not known here → "cloudFrontPrefixList": "pl-...", from: aws ec2 describe-managed-prefix-lists --region me-central-1 --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing`,
  ],
  [
    'domain-in-its-zone',
    { domain: { ...domain, name: 'shop-example.com' } },
    'stores.acme.domain.name is "shop-example.com"; example.com or a name that ends with .example.com is allowed → "name": "shop.example.com"',
  ],
  [
    'cdn-certificate-region',
    { domain: { ...domain, cdnCertificateArn: domain.cdnCertificateArn.replace('us-east-1', 'eu-west-1') } },
    'stores.acme.domain.cdnCertificateArn is "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-1234567…; CloudFront accepts only certificates in us-east-1 → aws acm request-certificate --region us-east-1 --validation-method DNS --domain-name shop.example.com, then its ARN',
  ],
  [
    'regional-certificate-region',
    { domain: { ...domain, regionalCertificateArn: domain.cdnCertificateArn.replace('us-east-1', 'eu-west-1') } },
    'stores.acme.domain.regionalCertificateArn is "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-1234567…; the load balancer accepts only certificates in us-east-1 → aws acm request-certificate --region us-east-1 --validation-method DNS --domain-name shop.example.com, then its ARN',
  ],
  ...brokenEdgeRules,
  ...brokenAppRules,
  [
    'container-has-an-image',
    { container: { healthPath: '/status' } },
    "stores.acme.container.image is not given; the rest of container is read for an image alone: the store's own API takes none of it → leave container out, or set app.api",
  ],
  [
    'environment-not-taken',
    { app: { api: { image: 'store:1.0.0', needs: ['queues'], environment: { QUEUE_EMAIL_URL: 'x' } } } },
    'stores.acme.app.api.environment.QUEUE_EMAIL_URL is given; the stack sets this variable itself (services/contract.ts) → leave it out, or choose another name',
  ],
  [
    'secret-not-plain',
    { app: { api: { image: 'store:1.0.0', environment: { STRIPE_SECRET_KEY: 'sk_live_1' } } } },
    'stores.acme.app.api.environment.STRIPE_SECRET_KEY is given; it holds a secret, which must not stand in a template → put it into Secrets Manager: "secrets": { "STRIPE_SECRET_KEY": "arn:aws:secretsmanager:..." }',
  ],
  [
    'environment-not-taken',
    { app: { api: { image: 'store:1.0.0', environment: { SENTRY_DSN: 'https://0123456789abcdef@errors.example.com/1' } } } },
    'stores.acme.app.api.environment.SENTRY_DSN is given; the stack sets this variable itself (services/contract.ts) → leave it out, and set sentryDsn instead',
  ],
  [
    'environment-not-taken',
    { traces: {}, app: { api: { image: 'store:1.0.0', needs: ['traces'], environment: { TRACES_SAMPLED_PERCENT: '10' } } } },
    'stores.acme.app.api.environment.TRACES_SAMPLED_PERCENT is given; the stack sets this variable itself (services/contract.ts) → leave it out, and set traces instead',
  ],
  [
    'environment-not-taken',
    {
      emailFrom: 'orders@shop.example.com',
      app: { api: { image: 'store:1.0.0', needs: ['email'], environment: { EMAIL_FROM: 'orders@shop.example.com' } } },
    },
    'stores.acme.app.api.environment.EMAIL_FROM is given; the stack sets this variable itself (services/contract.ts) → leave it out, and set emailFrom instead',
  ],
  [
    'secrets-not-taken',
    {
      payments: { stripeSecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf' },
      app: {
        api: {
          image: 'store:1.0.0',
          needs: ['payments'],
          secrets: { STRIPE_WEBHOOK_SECRET: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf' },
        },
      },
    },
    'stores.acme.app.api.secrets.STRIPE_WEBHOOK_SECRET is "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf"; the stack sets this variable itself (services/contract.ts) → leave it out, and set payments.stripeSecretArn instead',
  ],
  [
    'secrets-not-taken',
    {
      app: {
        api: {
          image: 'store:1.0.0',
          needs: ['database'],
          secrets: { DATABASE_HOST: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:host-AbCdEf' },
        },
      },
    },
    'stores.acme.app.api.secrets.DATABASE_HOST is "arn:aws:secretsmanager:us-east-1:111122223333:secret:host-AbCdEf"; the stack sets this variable itself (services/contract.ts) → leave it out, or choose another name',
  ],
  [
    'secret-or-environment',
    {
      app: {
        api: {
          image: 'store:1.0.0',
          environment: { KEY: 'x' },
          secrets: { KEY: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:key-AbCdEf' },
        },
      },
    },
    'stores.acme.app.api.environment.KEY is given; a name may be under environment or under secrets; ECS refuses both → leave one of the two out',
  ],
  [
    'secrets-of-the-region',
    {
      app: { api: { image: 'store:1.0.0', secrets: { KEY: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:key-AbCdEf' } } },
    },
    `stores.acme.app.api.secrets.KEY is "arn:aws:secretsmanager:eu-west-1:111122223333:secret:key-AbCdEf"; a secret in us-east-1 is required: a task must start even if another region is down → aws secretsmanager replicate-secret-to-regions --add-replica-regions Region=us-east-1 --secret-id ..., then the replica's ARN`,
  ],
  [
    'stripe-secret-of-the-region',
    { payments: { stripeSecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:stripe-AbCdEf' } },
    `stores.acme.payments.stripeSecretArn is "arn:aws:secretsmanager:eu-west-1:111122223333:secret:stripe-AbCdEf"; a secret in us-east-1 is required: a task must start even if another region is down → aws secretsmanager replicate-secret-to-regions --add-replica-regions Region=us-east-1 --secret-id ..., then the replica's ARN`,
  ],
];
