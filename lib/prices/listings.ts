/** Where the price list has a price. */
export interface Listing {
  readonly service: string;
  /** Attribute that holds the region. @default - regionCode */
  readonly at?: 'regionCode' | 'fromRegionCode' | 'cdnArea' | 'nowhere';
  readonly where?: Readonly<Record<string, string>>;
  readonly usage: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly source: string;
}

/** A price that AWS has in no list; the sentence says where it comes from. */
export interface Unlisted {
  readonly unlisted: string;
}

/** Sources of usage types and attributes. Nobody here has asked AWS with them yet: docs/unproven.md. */
const infracost = 'github.com/infracost/infracost @95ba4f4 internal/resources/aws';
const ireland = 'AWS Price List rows of eu-west-1 in github.com/henderjm/world-cup-sweepstake docs/costs/aws-ireland-rates.json';
const usageReports = 'Amazon CloudFront developer guide, usage reports';
const cloudWatchBill = 'Amazon CloudWatch user guide, billing and cost: usage types';

const sesPlans = 'AWS Price List usage types in github.com/api-evangelist/amazon-ses plans/amazon-ses-plans-pricing.yml';

const cloudWatch = { service: 'AmazonCloudWatch' } as const;
const fargate = { service: 'AmazonECS', source: ireland } as const;
const balancer = {
  service: 'AWSELB',
  where: { productFamily: 'Load Balancer-Application' },
  source: `${infracost}/lb.go`,
} as const;
const lambda = { service: 'AWSLambda', source: `${infracost}/lambda_function.go` } as const;
const transfer = { service: 'AWSDataTransfer', at: 'fromRegionCode' } as const;
const nat = { service: 'AmazonEC2', where: { productFamily: 'NAT Gateway' }, source: `${infracost}/nat_gateway.go` } as const;
const secrets = { service: 'AWSSecretsManager', source: ireland } as const;
const waf = {
  service: 'awswaf',
  at: 'nowhere',
  where: { regionCode: 'us-east-1' },
  source: `${infracost}/wafv2_web_acl.go`,
} as const;
const dns = { service: 'AmazonRoute53', at: 'nowhere', source: `${infracost}/route53_zone.go, route53_record.go` } as const;
const queues = {
  service: 'AWSQueueService',
  source: 'AWS bills and price list fixtures in public repositories: Requests-RBP, Requests-FIFO-RBP',
} as const;
const rds = { service: 'AmazonRDS', source: `${infracost}/db_instance.go` } as const;
/** Storage, operations and backups cost the same for every engine. */
const rdsAny = { ...rds, where: { databaseEngine: 'Any' } } as const;

const listings: Readonly<Record<string, Listing | Unlisted>> = {
  'alb.hour': { ...balancer, usage: ['LoadBalancerUsage'] },
  'alb.lcu': { ...balancer, usage: ['LCUUsage'] },
  'alb.lcu.reserved': { ...balancer, usage: ['ReservedLCUUsage'] },
  'backup.rds': { ...rdsAny, usage: ['RDS:ChargedBackupUsage'] }, // a copy of AWS Backup costs what a snapshot does: infracost backup_vault.go
  'backup.s3': {
    service: 'AWSBackup',
    usage: ['WarmStorage-ByteHrs-S3'],
    source: 'AWS Price List usage type, as several public price scripts ask for it',
  },
  'cloudfront.functions': {
    service: 'AmazonCloudFront',
    at: 'nowhere',
    where: { usagetype: 'Executions-CloudFrontFunctions' },
    usage: ['Executions-CloudFrontFunctions'],
    source: `${infracost}/cloudfront_function.go`,
  },
  'cloudfront.origin': { service: 'AmazonCloudFront', at: 'cdnArea', usage: ['DataTransfer-Out-OBytes'], source: usageReports },
  'cloudfront.out': { service: 'AmazonCloudFront', at: 'cdnArea', usage: ['DataTransfer-Out-Bytes'], source: usageReports },
  'cloudfront.requests': { service: 'AmazonCloudFront', at: 'cdnArea', usage: ['Requests-Tier2-HTTPS'], source: usageReports },
  'cloudwatch.alarm.composite': { ...cloudWatch, usage: ['CW:CompositeAlarmMonitorUsage'], source: cloudWatchBill },
  'cloudwatch.alarm.high': { ...cloudWatch, usage: ['CW:HighResAlarmMonitorUsage'], source: cloudWatchBill },
  'cloudwatch.alarm.standard': { ...cloudWatch, usage: ['CW:AlarmMonitorUsage'], source: ireland },
  'cloudwatch.dashboard': {
    unlisted: 'The price list has no dashboards; aws.amazon.com/cloudwatch/pricing has one price for all regions',
  },
  'cloudwatch.insights': {
    unlisted: 'The usage type of Container Insights’ metrics is not known here; aws.amazon.com/cloudwatch/pricing has the price',
  },
  'cloudwatch.metrics': { ...cloudWatch, usage: ['CW:MetricMonitorUsage'], source: ireland },
  'ecr.storage': { service: 'AmazonECR', usage: ['TimedStorage-ByteHrs'], source: ireland },
  'fargate.arm.memory': { ...fargate, usage: ['Fargate-ARM-GB-Hours'] },
  'fargate.arm.vcpu': { ...fargate, usage: ['Fargate-ARM-vCPU-Hours:perCPU'] },
  'fargate.ephemeral': { ...fargate, usage: ['Fargate-EphemeralStorage-GB-Hours'] },
  'fargate.spot': { unlisted: 'Spot has no list price: a share of the on-demand price is assumed' },
  'fargate.x86.memory': { ...fargate, usage: ['Fargate-GB-Hours'] },
  'fargate.x86.vcpu': { ...fargate, usage: ['Fargate-vCPU-Hours:perCPU'] },
  'kms.key': { service: 'awskms', usage: ['KMS-Keys'], source: `${infracost}/kms_key.go` },
  'kms.requests': { service: 'awskms', usage: ['KMS-Requests'], source: `${infracost}/kms_key.go` },
  'lambda.arm': { ...lambda, usage: ['Lambda-GB-Second-ARM'], attributes: { group: 'AWS-Lambda-Duration-ARM' } },
  'lambda.requests': { ...lambda, usage: ['Request'], attributes: { group: 'AWS-Lambda-Requests' } },
  'lambda.x86': { ...lambda, usage: ['Lambda-GB-Second'], attributes: { group: 'AWS-Lambda-Duration' } },
  'logs.ingestion': { ...cloudWatch, usage: ['DataProcessing-Bytes'], source: ireland },
  'logs.storage': { ...cloudWatch, usage: ['TimedStorage-ByteHrs'], source: ireland },
  'logs.to-s3': { ...cloudWatch, usage: ['S3-Egress-Bytes'], source: cloudWatchBill },
  'nat.gb': { ...nat, usage: ['NatGateway-Bytes'] },
  'nat.hour': { ...nat, usage: ['NatGateway-Hours'] },
  'rds.backup': { ...rdsAny, usage: ['RDS:ChargedBackupUsage'] },
  'rds.credits': {
    service: 'AmazonRDS',
    at: 'nowhere',
    where: { usagetype: 'CPUCredits:db.t4g', databaseEngine: 'PostgreSQL' },
    usage: ['CPUCredits:db.t4g'],
    source: 'AWS Price List usage type of us-east-1, as several public price scripts ask for it',
  },
  'rds.insights.advanced': {
    ...cloudWatch,
    usage: ['CW:DatabaseInsights-vCPU-Hours'],
    source: 'AWS Price List usage types, collected in a public repository of calculator fields',
  },
  'rds.iops.gp3.multi': { ...rdsAny, usage: ['RDS:Multi-AZ-GP3-PIOPS'] },
  'rds.iops.gp3.single': { ...rdsAny, usage: ['RDS:GP3-PIOPS'] },
  'rds.proxy': {
    service: 'AmazonRDS',
    usage: ['RDS:ProxyUsage'],
    where: { databaseEngine: 'PostgreSQL' },
    source: 'AWS Price List, SKU AHVT2C6WP2BB5BXQ of us-east-1, quoted in a public cost document',
  },
  'rds.storage.gp2.multi': { ...rdsAny, usage: ['RDS:Multi-AZ-GP2-Storage'] },
  'rds.storage.gp2.single': { ...rdsAny, usage: ['RDS:GP2-Storage'] },
  'rds.storage.gp3.multi': { ...rdsAny, usage: ['RDS:Multi-AZ-GP3-Storage'] },
  'rds.storage.gp3.single': { ...rdsAny, usage: ['RDS:GP3-Storage'] },
  'rds.throughput.gp3.multi': { ...rdsAny, usage: ['RDS:Multi-AZ-GP3-Throughput'] },
  'rds.throughput.gp3.single': { ...rdsAny, usage: ['RDS:GP3-Throughput'] },
  'route53.healthCheck': { ...dns, where: { usagetype: 'Health-Check-AWS' }, usage: ['Health-Check-AWS'] },
  'route53.queries': { ...dns, where: { usagetype: 'DNS-Queries' }, usage: ['DNS-Queries'] },
  'route53.zone': { ...dns, where: { usagetype: 'HostedZone' }, usage: ['HostedZone'] },
  's3.reads': { service: 'AmazonS3', usage: ['Requests-Tier2'], where: { productFamily: 'API Request' }, source: ireland },
  's3.storage': { service: 'AmazonS3', usage: ['TimedStorage-ByteHrs'], where: { volumeType: 'Standard' }, source: ireland },
  's3.writes': { service: 'AmazonS3', usage: ['Requests-Tier1'], where: { productFamily: 'API Request' }, source: ireland },
  'secrets.calls': { ...secrets, usage: ['AWSSecretsManager-APIRequests', 'AWSSecretsManagerAPIRequest'] },
  'secrets.secret': { ...secrets, usage: ['AWSSecretsManager-Secrets'] },
  'ses.a-la-carte': { service: 'AmazonSES', usage: ['Recipients'], source: sesPlans },
  'ses.essentials': { service: 'AmazonSES', usage: ['Essentials-Outbound-Email'], source: sesPlans },
  'sqs.fifo': { ...queues, usage: ['Requests-FIFO-RBP', 'Requests-FIFO-Tier1'] },
  'sqs.standard': { ...queues, usage: ['Requests-RBP', 'Requests-Tier1'] },
  'traces.indexed': { ...cloudWatch, usage: ['XRay-Spans-Indexed'], source: cloudWatchBill },
  'traces.spans': { ...cloudWatch, usage: ['Application-Signals-Bytes'], source: cloudWatchBill },
  'transfer.internet': {
    ...transfer,
    where: { transferType: 'AWS Outbound' },
    usage: ['DataTransfer-Out-Bytes'],
    source: ireland,
  },
  'transfer.zones': {
    ...transfer,
    where: { transferType: 'IntraRegion' },
    usage: ['DataTransfer-Regional-Bytes'],
    source: `${infracost}/data_transfer.go`,
  },
  'vpc.endpoint': {
    service: 'AmazonVPC',
    where: { productFamily: 'VpcEndpoint' },
    usage: ['VpcEndpoint-Hours'],
    source: `${infracost}/vpc_endpoint.go`,
  },
  'vpc.ipv4': {
    service: 'AmazonVPC',
    usage: ['PublicIPv4:InUseAddress'],
    source: ireland,
  },
  'waf.acl': { ...waf, usage: ['WebACLV2'] },
  'waf.challenges': { unlisted: 'The usage type of challenges is not known here; aws.amazon.com/waf/pricing has the price' },
  'waf.requests': { ...waf, usage: ['RequestV2-Tier1'] },
  'waf.rule': { ...waf, usage: ['RuleV2'] },
};

/** Where the list has a price of this key; undefined where nobody has looked. */
export function listed(key: string): Listing | Unlisted | undefined {
  return Object.hasOwn(listings, key) ? listings[key] : (ofDatabase(key) ?? ofCache(key));
}

/** `rds.postgres.db.t4g.micro.multi` */
function ofDatabase(key: string): Listing | undefined {
  const [, instanceType, zones] = /^rds\.postgres\.(db\..+)\.(single|multi)$/.exec(key) ?? [];
  if (instanceType === undefined) return undefined;
  const deploymentOption = zones === 'multi' ? 'Multi-AZ' : 'Single-AZ';
  return {
    ...rds,
    where: { productFamily: 'Database Instance', databaseEngine: 'PostgreSQL' },
    attributes: { instanceType, deploymentOption },
    usage: [`${zones === 'multi' ? 'Multi-AZUsage' : 'InstanceUsage'}:${instanceType}`],
  };
}

/** `elasticache.valkey.cache.t4g.micro` */
function ofCache(key: string): Listing | undefined {
  const [, engine, instanceType] = /^elasticache\.(redis|valkey)\.(cache\..+)$/.exec(key) ?? [];
  if (instanceType === undefined) return undefined;
  return {
    service: 'AmazonElastiCache',
    where: { cacheEngine: engine === 'redis' ? 'Redis' : 'Valkey' },
    attributes: { instanceType },
    usage: [`NodeUsage:${instanceType}`],
    source: `${infracost}/elasticache_cluster.go`,
  };
}
