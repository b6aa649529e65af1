import { settableUsage } from '../../lib/config/usage-settings';
import { figureOf } from '../../lib/usage/monthly-usage';
import { brokenAppShapes } from './broken-app';
import { drop } from './good-parts';

/** Setting, a value that it cannot have, and the problems as they are told. */
export const brokenShapes: readonly (readonly [key: string, value: unknown, lines: string | readonly string[]])[] = [
  ['tier', 'tiny', 'stores.acme.tier is "tiny"; one of "small", "medium", "large", "enterprise" is allowed → "tier": "small"'],
  ['region', 'eu-wset-1', 'stores.acme.region is "eu-wset-1"; did you mean "eu-west-1"? → "region": "eu-west-1"'],
  [
    'region',
    'cn-north-1',
    'stores.acme.region is "cn-north-1"; a commercial region of AWS, such as us-east-1 or eu-west-1, is allowed; China, GovCloud and the European Sovereign Cloud are other partitions → "region": "us-east-1"',
  ],
  [
    'region',
    'us-gov-west-1',
    'stores.acme.region is "us-gov-west-1"; a commercial region of AWS, such as us-east-1 or eu-west-1, is allowed; China, GovCloud and the European Sovereign Cloud are other partitions → "region": "us-east-1"',
  ],
  ['production', 'yes', 'stores.acme.production is "yes"; true or false is allowed, without quotes → "production": true'],
  [
    'alarmEmail',
    'ops at example.com',
    'stores.acme.alarmEmail is "ops at example.com"; an e-mail address is allowed → "alarmEmail": "ops@example.com"',
  ],
  ['alarmActions', 1, 'stores.acme.alarmActions is 1; true or false is allowed, without quotes → "alarmActions": true'],
  [
    'alarmSlack',
    'T0123456789',
    'stores.acme.alarmSlack is "T0123456789"; an object is allowed → "alarmSlack": { "workspaceId": "T0123456789", "channelId": "C0123456789" }',
  ],
  [
    'alarmSlack.workspaceId',
    'acme',
    [
      `stores.acme.alarmSlack.channelId is missing; the id of a channel, from the channel's details in Slack, is allowed → "channelId": "C0123456789"`,
      `stores.acme.alarmSlack.workspaceId is "acme"; the id of a Slack workspace, from the workspace's address, is allowed → "workspaceId": "T0123456789"`,
    ],
  ],
  [
    'alarmSlack.channelId',
    '#alarms',
    [
      `stores.acme.alarmSlack.channelId is "#alarms"; the id of a channel, from the channel's details in Slack, is allowed → "channelId": "C0123456789"`,
      `stores.acme.alarmSlack.workspaceId is missing; the id of a Slack workspace, from the workspace's address, is allowed → "workspaceId": "T0123456789"`,
    ],
  ],
  [
    'alarmTopics',
    ['arn:aws:sns:us-east-1:111122223333:on-call'],
    'stores.acme.alarmTopics is ["arn:aws:sns:us-east-1:111122223333:on-call"]; an object is allowed → "alarmTopics": { "page": ["arn:aws:sns:us-east-1:111122223333:on-call"] }',
  ],
  [
    'alarmTopics.page',
    ['on-call'],
    'stores.acme.alarmTopics.page[0] is "on-call"; the ARN of a topic in SNS is allowed → "arn:aws:sns:us-east-1:111122223333:on-call"',
  ],
  [
    'alarmTopics.ticket',
    [],
    'stores.acme.alarmTopics.ticket is []; a list of 1 to 4 topics is allowed → "ticket": ["arn:aws:sns:us-east-1:111122223333:tickets"]',
  ],
  [
    'runbooksUrl',
    'http://wiki/runbooks',
    'stores.acme.runbooksUrl is "http://wiki/runbooks"; an https address of docs/runbooks.md, without an anchor, is allowed → "runbooksUrl": "https://github.com/acme/store/blob/main/docs/runbooks.md"',
  ],
  ['alarms', true, 'stores.acme.alarms is true; an object is allowed → "alarms": { "diagnostics": true }'],
  [
    'alarms.diagnostics',
    'all',
    'stores.acme.alarms.diagnostics is "all"; true or false is allowed, without quotes → "diagnostics": true',
  ],
  ['zones', 4, 'stores.acme.zones is 4; a whole number from 2 to 3 is allowed → "zones": 3'],
  [
    'cidr',
    '8.8.0.0/16',
    'stores.acme.cidr is "8.8.0.0/16"; a private range from /16 to /20 is allowed: nine subnets must fit → "cidr": "10.0.0.0/16"',
  ],
  [
    'vpc',
    ['vpc-1'],
    'stores.acme.vpc is ["vpc-1"]; an object is allowed → "vpc": { "vpcId": "vpc-0123456789abcdef0", "zones": ["us-east-1a", "us-east-1b", "us-east-1c"], "applicationSubnetIds": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"], "dataSubnetIds": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"] }',
  ],
  ['vpc.vpcId', 'acme-vpc', 'stores.acme.vpc.vpcId is "acme-vpc"; a VPC id is allowed → "vpcId": "vpc-0123456789abcdef0"'],
  [
    'vpc.zones',
    ['us-east-1a'],
    'stores.acme.vpc.zones is ["us-east-1a"]; a list of 2 to 3 zone names is allowed → "zones": ["us-east-1a", "us-east-1b", "us-east-1c"]',
  ],
  [
    'vpc.publicSubnetIds',
    'subnet-0000000a',
    'stores.acme.vpc.publicSubnetIds is "subnet-0000000a"; a list of 0 to 3 subnet ids (one per zone) is allowed → "publicSubnetIds": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"]',
  ],
  [
    'vpc.applicationSubnetIds',
    ['subnet-1', 'subnet-2'],
    [
      'stores.acme.vpc.applicationSubnetIds[0] is "subnet-1"; a subnet id is allowed → "subnet-0123456789abcdef0"',
      'stores.acme.vpc.applicationSubnetIds[1] is "subnet-2"; a subnet id is allowed → "subnet-0123456789abcdef0"',
    ],
  ],
  [
    'vpc.dataSubnetIds',
    [],
    'stores.acme.vpc.dataSubnetIds is []; a list of 2 to 3 subnet ids (one per zone) is allowed → "dataSubnetIds": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"]',
  ],
  [
    'cloudFrontPrefixList',
    'com.amazonaws.global.cloudfront.origin-facing',
    'stores.acme.cloudFrontPrefixList is "com.amazonaws.global.cloudfront.origin-facing"; the id of a managed prefix list is allowed → "cloudFrontPrefixList": "pl-3b927c52"',
  ],
  [
    'domain',
    'shop.example.com',
    'stores.acme.domain is "shop.example.com"; an object is allowed → "domain": { "name": "shop.example.com", "hostedZoneId": "Z0123456789ABCDEFGHIJ", "hostedZoneName": "example.com", "cdnCertificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012" }',
  ],
  [
    'domain.name',
    'https://shop.example.com',
    `stores.acme.domain.name is "https://shop.example.com"; the store's host name is allowed → "name": "shop.example.com"`,
  ],
  [
    'domain.hostedZoneId',
    '/hostedzone/Z1',
    'stores.acme.domain.hostedZoneId is "/hostedzone/Z1"; the id of a hosted zone is allowed → "hostedZoneId": "Z0123456789ABCDEFGHIJ"',
  ],
  [
    'domain.hostedZoneName',
    'example.com.',
    `stores.acme.domain.hostedZoneName is "example.com."; the hosted zone's name, without a dot at its end, is allowed → "hostedZoneName": "example.com"`,
  ],
  [
    'domain.cdnCertificateArn',
    'arn:aws:iam::111122223333:server-certificate/shop',
    'stores.acme.domain.cdnCertificateArn is "arn:aws:iam::111122223333:server-certificate/shop"; the ARN of a certificate in ACM is allowed → "cdnCertificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"',
  ],
  [
    'domain.regionalCertificateArn',
    '12345678-1234-1234-1234-123456789012',
    'stores.acme.domain.regionalCertificateArn is "12345678-1234-1234-1234-123456789012"; the ARN of a certificate in ACM is allowed → "regionalCertificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"',
  ],
  [
    'corsOrigins',
    ['https://www.example.com', 'https://*.example.com', 'https://example.com/', 'https://example.com:443'],
    ['https://*.example.com', 'https://example.com/', 'https://example.com:443'].map(
      (origin, index) =>
        `stores.acme.corsOrigins[${index + 1}] is "${origin}"; an origin as a browser sends it is allowed: https, a host name, a port other than 443; http for localhost alone → "https://www.example.com"`,
    ),
  ],
  [
    'servicesImage',
    '111122223333.dkr.ecr.us-east-1.amazonaws.com/store',
    'stores.acme.servicesImage is "111122223333.dkr.ecr.us-east-1.amazonaws.com/store"; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "servicesImage": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
  ],
  ...brokenAppShapes,
  [
    'container',
    'store:1',
    'stores.acme.container is "store:1"; an object is allowed → "container": { "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2" }',
  ],
  [
    'container.image',
    'store:latest',
    'stores.acme.container.image is "store:latest"; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
  ],
  ['container.port', 0, 'stores.acme.container.port is 0; a whole number from 1 to 65535 is allowed → "port": 1'],
  [
    'container.healthPath',
    'health',
    'stores.acme.container.healthPath is "health"; a path that starts with / is allowed → "healthPath": "/health"',
  ],
  [
    'container.environment',
    ['A=1'],
    'stores.acme.container.environment is another value, not shown here; an object of at most 100 environment variables is allowed → "environment": { "LOG_LEVEL": "info" }',
  ],
  [
    'container.secrets',
    { KEY: 'hunter2' },
    'stores.acme.container.secrets.KEY is another value, not shown here; the complete ARN of a secret in Secrets Manager, with the six characters at its end, is allowed → "KEY": "arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf"',
  ],
  [
    'payments',
    'sk_live_1',
    'stores.acme.payments is another value, not shown here; an object is allowed → "payments": { "stripeSecretArn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf" }',
  ],
  [
    'payments.stripeSecretArn',
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:payments',
    'stores.acme.payments.stripeSecretArn is another value, not shown here; the complete ARN of a secret in Secrets Manager, with the six characters at its end, is allowed → "stripeSecretArn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf"',
  ],
  [
    'emailFrom',
    'The shop <orders@shop.example.com>',
    'stores.acme.emailFrom is "The shop <orders@shop.example.com>"; an address without a name, in lower-case letters, that SES has verified (or its domain) is allowed → "emailFrom": "orders@shop.example.com"',
  ],
  [
    'emailFrom',
    '*@shop.example.com',
    'stores.acme.emailFrom is "*@shop.example.com"; an address without a name, in lower-case letters, that SES has verified (or its domain) is allowed → "emailFrom": "orders@shop.example.com"',
  ],
  [
    'siteUrl',
    'https://www.example.com/',
    'stores.acme.siteUrl is "https://www.example.com/"; an https address without a slash, a query or a # at its end is allowed → "siteUrl": "https://www.example.com"',
  ],
  [
    'siteUrl',
    'http://www.example.com',
    'stores.acme.siteUrl is "http://www.example.com"; an https address without a slash, a query or a # at its end is allowed → "siteUrl": "https://www.example.com"',
  ],
  [
    'tags',
    { 'aws:team': 'x' },
    'stores.acme.tags is an object; an object of at most 40 tags is allowed: keys of at most 128 letters, digits, spaces and _ . : / = + @ -, no two alike but for case, none of store, part, tier, Name, and none that begins with aws: → "tags": { "team": "shop" }',
  ],
  [
    'tags',
    { Store: 'x' },
    'stores.acme.tags is an object; an object of at most 40 tags is allowed: keys of at most 128 letters, digits, spaces and _ . : / = + @ -, no two alike but for case, none of store, part, tier, Name, and none that begins with aws: → "tags": { "team": "shop" }',
  ],
  [
    'tags',
    { team: 'a', Team: 'b' },
    'stores.acme.tags is an object; an object of at most 40 tags is allowed: keys of at most 128 letters, digits, spaces and _ . : / = + @ -, no two alike but for case, none of store, part, tier, Name, and none that begins with aws: → "tags": { "team": "shop" }',
  ],
  [
    'tags',
    { team: 'a;b' },
    'stores.acme.tags.team is "a;b"; a value of at most 256 letters, digits, spaces and _ . : / = + @ - is allowed → "team": "shop"',
  ],
  [
    'tags',
    ['team=shop'],
    'stores.acme.tags is another value, not shown here; an object of at most 40 tags is allowed: keys of at most 128 letters, digits, spaces and _ . : / = + @ -, no two alike but for case, none of store, part, tier, Name, and none that begins with aws: → "tags": { "team": "shop" }',
  ],
  [
    'sentryDsn',
    'http://0123456789abcdef0123456789abcdef@sentry.example.com/1',
    `stores.acme.sentryDsn is another value, not shown here; a DSN from the project's settings in Sentry, https://<public key>@<host>/<project>, is allowed → "sentryDsn": "https://0123456789abcdef0123456789abcdef@o123456.ingest.sentry.io/1234567"`,
  ],
  ['traces', true, 'stores.acme.traces is true; an object is allowed → "traces": { "sampledPercent": 10 }'],
  [
    'traces.sampledPercent',
    0,
    'stores.acme.traces.sampledPercent is 0; a number from 0.01 to 100 (percent) is allowed → "sampledPercent": 0.01',
  ],
  [
    'traces.sampledPercent',
    101,
    'stores.acme.traces.sampledPercent is 101; a number from 0.01 to 100 (percent) is allowed → "sampledPercent": 100',
  ],
  [
    'traces.sampledPercent',
    '10%',
    'stores.acme.traces.sampledPercent is "10%"; a number from 0.01 to 100 (percent) is allowed → "sampledPercent": 10',
  ],
  ['switchedOff', ['emails'], 'stores.acme.switchedOff[0] is "emails"; did you mean "email"? → "email"'],
  ['postgres', '16', 'stores.acme.postgres is "16"; did you mean "17"? → "postgres": "17"'],
  [
    'restoreFromSnapshot',
    'acme--before',
    'stores.acme.restoreFromSnapshot is "acme--before"; the name or ARN of an RDS snapshot is allowed → "restoreFromSnapshot": "acme-before-move"',
  ],
  [
    'cacheEngine',
    'memcached',
    'stores.acme.cacheEngine is "memcached"; one of "redis", "valkey" is allowed → "cacheEngine": "redis"',
  ],
  [
    'night',
    true,
    'stores.acme.night is true; an object is allowed → "night": { "stopAt": "22:00", "startAt": "06:00", "timeZone": "Europe/Berlin" }',
  ],
  ['night.stopAt', '22h', 'stores.acme.night.stopAt is "22h"; a time of day such as 22:00 is allowed → "stopAt": "22:00"'],
  ['night.startAt', '24:00', 'stores.acme.night.startAt is "24:00"; a time of day such as 22:00 is allowed → "startAt": "06:00"'],
  [
    'night.timeZone',
    '+01:00',
    'stores.acme.night.timeZone is "+01:00"; an IANA time zone is allowed → "timeZone": "Europe/Berlin"',
  ],
  [
    'drops',
    drop,
    'stores.acme.drops is an object; a list of 0 to 50 drops is allowed → "drops": [{ "from": "2030-11-29T08:45:00Z", "to": "2030-11-29T12:00:00Z", "tasks": 8 }]',
  ],
  [
    'drops',
    [{ ...drop, from: '2026-02-30T09:00:00Z' }],
    'stores.acme.drops[0].from is "2026-02-30T09:00:00Z"; a time in ISO 8601 with an offset or Z is allowed → "from": "2030-11-29T08:45:00Z"',
  ],
  [
    'drops',
    [{ ...drop, to: '2026-12-01T12:00' }],
    'stores.acme.drops[0].to is "2026-12-01T12:00"; a time in ISO 8601 with an offset or Z is allowed → "to": "2030-11-29T12:00:00Z"',
  ],
  [
    'drops',
    [{ ...drop, tasks: 0 }],
    'stores.acme.drops[0].tasks is 0; a whole number from 1 to 5000 (tasks) is allowed → "tasks": 1',
  ],
  [
    'files',
    null,
    'stores.acme.files is null; an object is allowed → "files": { "signingPublicKey": "-----BEGIN PUBLIC KEY-----\\n...\\n-----END PUBLIC KEY-----\\n" }',
  ],
  [
    'files.signingPublicKey',
    '-----BEGIN PUBLIC KEY-----\nno key\n-----END PUBLIC KEY-----\n',
    'stores.acme.files.signingPublicKey is another value, not shown here; a public key in PEM, RSA of 2048 bits or ECDSA P-256, is allowed → "signingPublicKey": "-----BEGIN PUBLIC KEY-----\\n...\\n-----END PUBLIC KEY-----\\n"',
  ],
  [
    'files.signingKeySecretArn',
    '-----BEGIN PRIVATE KEY-----\n',
    'stores.acme.files.signingKeySecretArn is another value, not shown here; the complete ARN of a secret in Secrets Manager, with the six characters at its end, is allowed → "signingKeySecretArn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf"',
  ],
  [
    'files.uploadOrigins',
    ['https://shop.example.com/'],
    'stores.acme.files.uploadOrigins[0] is "https://shop.example.com/"; an origin, without a path, is allowed → "https://shop.example.com"',
  ],
  ['protection', true, 'stores.acme.protection is true; an object is allowed → "protection": { "challenge": true }'],
  [
    'protection.challenge',
    'on',
    'stores.acme.protection.challenge is "on"; true or false is allowed, without quotes → "challenge": true',
  ],
  [
    'protection.captcha',
    'turnstile',
    'stores.acme.protection.captcha is another value, not shown here; an object is allowed → "captcha": { "provider": "turnstile", "secretArn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf" }',
  ],
  [
    'protection.captcha.provider',
    'recaptcha',
    [
      'stores.acme.protection.captcha.provider is "recaptcha"; did you mean "hcaptcha"? → "provider": "hcaptcha"',
      'stores.acme.protection.captcha.secretArn is missing; the complete ARN of a secret in Secrets Manager, with the six characters at its end, is allowed → "secretArn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf"',
    ],
  ],
  [
    'protection.captcha.secretArn',
    '0x4AAA',
    [
      'stores.acme.protection.captcha.provider is missing; one of "turnstile", "hcaptcha" is allowed → "provider": "turnstile"',
      'stores.acme.protection.captcha.secretArn is another value, not shown here; the complete ARN of a secret in Secrets Manager, with the six characters at its end, is allowed → "secretArn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf"',
    ],
  ],
  ['budget', 100, 'stores.acme.budget is 100; an object is allowed → "budget": { "usdPerMonth": 100 }'],
  [
    'budget.usdPerMonth',
    0,
    'stores.acme.budget.usdPerMonth is 0; a number from 1 to 1000000 (USD a month) is allowed → "usdPerMonth": 1',
  ],
  [
    'budget.costTag',
    'Store=acme',
    'stores.acme.budget.costTag is "Store=acme"; a cost allocation tag as key$value is allowed → "costTag": "store$acme"',
  ],
  ['costAnomalies', true, 'stores.acme.costAnomalies is true; an object is allowed → "costAnomalies": { "fromUsd": 20 }'],
  [
    'costAnomalies.fromUsd',
    0.5,
    'stores.acme.costAnomalies.fromUsd is 0.5; a number from 1 to 1000000 (USD) is allowed → "fromUsd": 1',
  ],
  [
    'costAnomalies.monitorArn',
    'shop',
    'stores.acme.costAnomalies.monitorArn is "shop"; the ARN of a monitor of AWS Cost Anomaly Detection is allowed → "monitorArn": "arn:aws:ce::111122223333:anomalymonitor/12345678-1234-1234-1234-123456789012"',
  ],
  [
    'acceptRisk',
    'because',
    'stores.acme.acceptRisk is "because"; a reason of 10 to 500 characters is allowed → "acceptRisk": "rebuilt from scratch every night"',
  ],
  ['network', 'public', 'stores.acme.network is "public"; an object is allowed → "network": { "natGateways": 1 }'],
  ['network.natGateways', -1, 'stores.acme.network.natGateways is -1; a whole number from 0 to 3 is allowed → "natGateways": 0'],
  ['cluster', true, 'stores.acme.cluster is true; an object is allowed → "cluster": { "containerInsights": true }'],
  [
    'cluster.containerInsights',
    'on',
    'stores.acme.cluster.containerInsights is "on"; true or false is allowed, without quotes → "containerInsights": true',
  ],
  ['api', [], 'stores.acme.api is []; an object is allowed → "api": { "cpu": 1024 }'],
  ['api.cpu', 1000, 'stores.acme.api.cpu is 1000; one of 256, 512, 1024, 2048, 4096, 8192, 16384 is allowed → "cpu": 1024'],
  ['api.memoryMiB', 0, 'stores.acme.api.memoryMiB is 0; a whole number from 512 to 122880 (MiB) is allowed → "memoryMiB": 512'],
  ['api.minTasks', 0, 'stores.acme.api.minTasks is 0; a whole number from 1 to 5000 (tasks) is allowed → "minTasks": 1'],
  ['api.maxTasks', 5001, 'stores.acme.api.maxTasks is 5001; a whole number from 1 to 5000 (tasks) is allowed → "maxTasks": 5000'],
  [
    'api.databaseConnections',
    0.5,
    'stores.acme.api.databaseConnections is 0.5; a whole number from 1 to 100 (connections a task) is allowed → "databaseConnections": 1',
  ],
  [
    'api.requestsPerMinutePerTask',
    -5,
    'stores.acme.api.requestsPerMinutePerTask is -5; a whole number from 1 to 1000000 (requests a minute) is allowed → "requestsPerMinutePerTask": 1',
  ],
  ['worker', 2, 'stores.acme.worker is 2; an object is allowed → "worker": { "cpu": 1024 }'],
  [
    'worker.cpu',
    '512',
    'stores.acme.worker.cpu is "512"; one of 256, 512, 1024, 2048, 4096, 8192, 16384 is allowed → "cpu": 512',
  ],
  [
    'worker.memoryMiB',
    Number.POSITIVE_INFINITY,
    'stores.acme.worker.memoryMiB is Infinity; a whole number from 512 to 122880 (MiB) is allowed → "memoryMiB": 2048',
  ],
  ['worker.minTasks', -1, 'stores.acme.worker.minTasks is -1; a whole number from 1 to 5000 (tasks) is allowed → "minTasks": 1'],
  [
    'worker.maxTasks',
    null,
    'stores.acme.worker.maxTasks is null; a whole number from 1 to 5000 (tasks) is allowed → "maxTasks": 6',
  ],
  [
    'worker.databaseConnections',
    1000,
    'stores.acme.worker.databaseConnections is 1000; a whole number from 1 to 100 (connections a task) is allowed → "databaseConnections": 100',
  ],
  [
    'worker.onDemandTasks',
    -1,
    'stores.acme.worker.onDemandTasks is -1; a whole number from 0 to 5000 (tasks) is allowed → "onDemandTasks": 0',
  ],
  [
    'database',
    'postgres',
    'stores.acme.database is "postgres"; an object is allowed → "database": { "instanceClass": "db.t4g.medium" }',
  ],
  [
    'database.instanceClass',
    'db.m8g.xlrage',
    'stores.acme.database.instanceClass is "db.m8g.xlrage"; did you mean "db.m8g.xlarge"? → "instanceClass": "db.m8g.xlarge"',
  ],
  [
    'database.storageGb',
    10,
    'stores.acme.database.storageGb is 10; a whole number from 20 to 65536 (GB) is allowed → "storageGb": 20',
  ],
  [
    'database.iops',
    64_001,
    'stores.acme.database.iops is 64001; a whole number from 12000 to 64000 (IOPS) is allowed → "iops": 64000',
  ],
  [
    'database.multiAz',
    'true',
    'stores.acme.database.multiAz is "true"; true or false is allowed, without quotes → "multiAz": true',
  ],
  [
    'database.readReplicas',
    16,
    'stores.acme.database.readReplicas is 16; a whole number from 0 to 15 is allowed → "readReplicas": 15',
  ],
  ['database.proxy', 0, 'stores.acme.database.proxy is 0; true or false is allowed, without quotes → "proxy": true'],
  ['database.login', 'passwords', 'stores.acme.database.login is "passwords"; did you mean "password"? → "login": "password"'],
  [
    'database.backupRetentionDays',
    36,
    'stores.acme.database.backupRetentionDays is 36; a whole number from 0 to 35 (days) is allowed → "backupRetentionDays": 35',
  ],
  [
    'database.deletionProtection',
    'no',
    'stores.acme.database.deletionProtection is "no"; true or false is allowed, without quotes → "deletionProtection": false',
  ],
  ['cache', 'redis', 'stores.acme.cache is "redis"; an object is allowed → "cache": { "nodeType": "cache.t4g.medium" }'],
  [
    'cache.nodeType',
    'cache.r5.metal',
    'stores.acme.cache.nodeType is "cache.r5.metal"; a node type that ElastiCache has, such as cache.t4g.medium or cache.m7g.large, is allowed → "nodeType": "cache.t4g.medium"',
  ],
  ['cache.mode', true, 'stores.acme.cache.mode is true; one of "single", "cluster" is allowed → "mode": "single"'],
  ['cache.login', 'pasword', 'stores.acme.cache.login is "pasword"; did you mean "password"? → "login": "password"'],
  ['jobsCache', true, 'stores.acme.jobsCache is true; an object is allowed → "jobsCache": { "nodeType": "cache.t4g.medium" }'],
  [
    'jobsCache.nodeType',
    'cache.t4g.large',
    'stores.acme.jobsCache.nodeType is "cache.t4g.large"; did you mean "cache.m6g.large"? → "nodeType": "cache.m6g.large"',
  ],
  ['jobsCache.replicas', 9, 'stores.acme.jobsCache.replicas is 9; a whole number from 0 to 5 is allowed → "replicas": 5'],
  [
    'jobsCache.failover',
    'no',
    'stores.acme.jobsCache.failover is "no"; true or false is allowed, without quotes → "failover": false',
  ],
  ['cache.shards', 0, 'stores.acme.cache.shards is 0; a whole number from 1 to 500 is allowed → "shards": 1'],
  [
    'cache.replicasPerShard',
    6,
    'stores.acme.cache.replicasPerShard is 6; a whole number from 0 to 5 is allowed → "replicasPerShard": 5',
  ],
  ['firewall', false, 'stores.acme.firewall is false; an object is allowed → "firewall": { "enabled": true }'],
  ['firewall.enabled', 'no', 'stores.acme.firewall.enabled is "no"; true or false is allowed, without quotes → "enabled": false'],
  [
    'firewall.requestsPerFiveMinutes',
    9,
    'stores.acme.firewall.requestsPerFiveMinutes is 9; a whole number from 10 to 2000000000 is allowed → "requestsPerFiveMinutes": 10',
  ],
  ['backups', 35, 'stores.acme.backups is 35; an object is allowed → "backups": { "enabled": true }'],
  ['backups.enabled', 1, 'stores.acme.backups.enabled is 1; true or false is allowed, without quotes → "enabled": true'],
  [
    'backups.retentionDays',
    0,
    'stores.acme.backups.retentionDays is 0; a whole number from 1 to 36500 (days) is allowed → "retentionDays": 1',
  ],
  ['logs', 30, 'stores.acme.logs is 30; an object is allowed → "logs": { "retentionDays": 30 }'],
  [
    'logs.retentionDays',
    31,
    'stores.acme.logs.retentionDays is 31; one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 is allowed → "retentionDays": 60',
  ],
  ['usage', 3_000, 'stores.acme.usage is 3000; an object is allowed → "usage": { "orders": 3000 }'],
  ...settableUsage.map((name) => {
    const { least, most, unit } = figureOf(name);
    const allowed = `a number from ${least} to ${most}${unit ? ` (${unit})` : ''}`;
    return [
      `usage.${name}`,
      -1,
      `stores.acme.usage.${name} is -1; ${allowed} is allowed → "${name}": ${Math.max(least, 0)}`,
    ] as const;
  }),
];
