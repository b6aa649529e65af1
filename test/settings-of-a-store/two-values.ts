import { settableUsage } from '../../lib/config/usage-settings';
import { domain, drop } from '../config/good-parts';
import { otherPublicKey, publicKey } from '../constructs/public-key';

/** For every setting a second value, on top of a store that gives them all. A new setting needs a line in one of these tables. */

const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:111122223333:${name}`;
const topic = (name: string) => [arn('sns', name)];
const secret = (name: string) => arn('secretsmanager', `secret:${name}-AbCdEf`);
const mode = (given: string) => ({ cache: { mode: given, shards: 1, replicasPerShard: 1 } });
const jobs = (jobsCache: object) => ({ jobsCache });
const captcha = (provider: string, name: string) => ({ protection: { captcha: { provider, secretArn: secret(name) } } });
const program = (name: string) => ({
  image: `ghcr.io/acme/${name}:1.0.0`,
  command: ['run', name],
  needs: ['database'],
  environment: {},
  secrets: {},
  writableFolders: ['/tmp'],
});
const site = (given: object) => ({
  app: { site: { ...program('site'), cpu: 512, memoryMiB: 2048, minTasks: 2, maxTasks: 4, ...given } },
});
const container = (given: object) => ({ container: { image: 'ghcr.io/acme/api:1.0.0', ...given } });
const ownAll = (given: object) => ({ app: { api: program('api'), worker: 'none', migrations: program('migrations'), ...given } });
const certificate = (digit: string) => arn('acm', `certificate/${digit}2345678-1234-1234-1234-123456789012`);

/** A small store that gives every setting but those of an existing VPC. */
export const everything = {
  production: false,
  alarmEmail: 'ops@example.com',
  alarmSlack: { workspaceId: 'T0123456789', channelId: 'C0123456789' },
  alarmTopics: { page: topic('on-call'), ticket: topic('desk') },
  alarmActions: true,
  runbooksUrl: 'https://wiki.example.com/runbooks',
  zones: 2,
  cidr: '10.1.0.0/16',
  cloudFrontPrefixList: 'pl-0123456789abcdef0',
  domain: { ...domain, regionalCertificateArn: certificate('2') },
  corsOrigins: ['https://www.example.com'],
  servicesImage: 'ghcr.io/acme/store:1.0.0',
  app: {
    api: {
      ...program('api'),
      needs: ['database', 'cache', 'queues', 'files'],
      port: 3000,
      healthPath: '/status',
      rendersSite: false,
    },
    worker: 'store',
    migrations: 'store',
  },
  payments: { stripeSecretArn: secret('stripe') },
  emailFrom: 'orders@shop.example.com',
  siteUrl: 'https://www.example.com/shop',
  sentryDsn: 'https://0123456789abcdef@errors.example.com/1',
  traces: { sampledPercent: 27.5 },
  switchedOff: [],
  postgres: '17',
  restoreFromSnapshot: 'before-the-move',
  cacheEngine: 'redis',
  jobsCache: { nodeType: 'cache.t4g.small', replicas: 2, failover: true },
  night: { stopAt: '22:00', startAt: '06:00', timeZone: 'Europe/Berlin' },
  drops: [drop],
  files: { signingPublicKey: publicKey, signingKeySecretArn: secret('files'), uploadOrigins: ['https://shop.example.com'] },
  tags: { team: 'shop' },
  budget: { usdPerMonth: 100, costTag: 'store$acme' },
  costAnomalies: { fromUsd: 20, monitorArn: 'arn:aws:ce::111122223333:anomalymonitor/1' },
  acceptRisk: 'to see that each setting arrives',
  network: { natGateways: 1 },
  cluster: { containerInsights: true },
  api: { cpu: 512, memoryMiB: 2048, minTasks: 3, maxTasks: 9, databaseConnections: 7, requestsPerMinutePerTask: 4_321 },
  worker: { cpu: 512, memoryMiB: 2048, minTasks: 2, maxTasks: 8, databaseConnections: 4, onDemandTasks: 1 },
  database: {
    instanceClass: 'db.m8g.large',
    storageGb: 500,
    iops: 20_000,
    multiAz: true,
    readReplicas: 1,
    proxy: true,
    login: 'iam',
    backupRetentionDays: 21,
    deletionProtection: true,
  },
  cache: { nodeType: 'cache.m7g.large', mode: 'cluster', shards: 2, replicasPerShard: 1, login: 'iam' },
  firewall: { enabled: true, requestsPerFiveMinutes: 777 },
  backups: { enabled: true, retentionDays: 60 },
  alarms: { diagnostics: true },
  logs: { retentionDays: 180 },
};

/** A small store in a VPC that somebody else owns. */
export const inTheirVpc = {
  vpc: {
    vpcId: 'vpc-0123456789abcdef0',
    zones: ['us-east-1a', 'us-east-1b'],
    publicSubnetIds: ['subnet-0000000e', 'subnet-0000000f'],
    applicationSubnetIds: ['subnet-0000000a', 'subnet-0000000b'],
    dataSubnetIds: ['subnet-0000000c', 'subnet-0000000d'],
  },
};

/** By setting: a value other than the one above; with two digits or more, unlike any other number here, where that is allowed. */
export const otherValues: Readonly<Record<string, unknown>> = {
  alarmEmail: 'oncall@example.com',
  'alarmSlack.workspaceId': 'T9876543210',
  'alarmSlack.channelId': 'C9876543210',
  'alarmTopics.page': topic('other-on-call'),
  'alarmTopics.ticket': topic('other-desk'),
  alarmActions: false,
  runbooksUrl: 'https://wiki.example.com/other',
  zones: 3,
  cidr: '10.2.0.0/16',
  'vpc.vpcId': 'vpc-9876543210abcdef0',
  'vpc.publicSubnetIds': ['subnet-0000001e', 'subnet-0000001f'],
  'vpc.applicationSubnetIds': ['subnet-0000001a', 'subnet-0000001b'],
  'vpc.dataSubnetIds': ['subnet-0000001c', 'subnet-0000001d'],
  cloudFrontPrefixList: 'pl-9876543210abcdef0',
  'domain.name': 'outlet.example.com',
  'domain.hostedZoneId': 'Z9876543210',
  'domain.cdnCertificateArn': certificate('3'),
  'domain.regionalCertificateArn': certificate('4'),
  corsOrigins: ['https://blog.example.com', 'https://elsewhere.example.net'],
  servicesImage: 'ghcr.io/acme/store:2.0.0',
  'app.api.image': 'ghcr.io/acme/api:2.0.0',
  'app.api.command': ['node', 'other-api.js'],
  'app.api.needs': ['database', 'payments'],
  'app.api.port': 4000,
  'app.api.healthPath': '/ready',
  'app.api.rendersSite': true,
  'app.api.environment': { LOG_LEVEL: 'debug' },
  'app.api.secrets': { API_KEY: secret('own') },
  'app.api.writableFolders': ['/var/other'],
  'payments.stripeSecretArn': secret('other-stripe'),
  emailFrom: 'other@shop.example.com',
  siteUrl: 'https://pages.example.com',
  sentryDsn: 'https://0123456789abcdef@errors.example.com/2',
  'traces.sampledPercent': 83.5,
  switchedOff: ['email'],
  postgres: '18',
  restoreFromSnapshot: 'another-move',
  cacheEngine: 'valkey',
  'night.stopAt': '23:00',
  'night.startAt': '07:00',
  'night.timeZone': 'Europe/Paris',
  drops: [{ ...drop, tasks: 18 }],
  'files.signingPublicKey': otherPublicKey,
  'files.signingKeySecretArn': undefined,
  'files.uploadOrigins': ['https://other.example.com'],
  tags: { team: 'another-team' },
  'budget.usdPerMonth': 2_345,
  'budget.costTag': 'store$other',
  'costAnomalies.fromUsd': 45,
  'costAnomalies.monitorArn': 'arn:aws:ce::111122223333:anomalymonitor/2',
  'network.natGateways': 2,
  'cluster.containerInsights': false,
  'api.cpu': 1024,
  'api.memoryMiB': 3072,
  'api.minTasks': 14,
  'api.maxTasks': 29,
  'api.databaseConnections': 16,
  'api.requestsPerMinutePerTask': 5_432,
  'worker.cpu': 1024,
  'worker.memoryMiB': 4096,
  'worker.minTasks': 5,
  'worker.maxTasks': 26,
  'worker.databaseConnections': 13,
  'worker.onDemandTasks': 19,
  'database.instanceClass': 'db.m8g.xlarge',
  'database.storageGb': 6_543,
  'database.iops': 43_210,
  'database.multiAz': false,
  'database.readReplicas': 2,
  'database.proxy': false,
  'database.backupRetentionDays': 33,
  'database.deletionProtection': false,
  'cache.nodeType': 'cache.m7g.xlarge',
  'cache.shards': 3,
  'cache.login': 'password',
  'jobsCache.nodeType': 'cache.t4g.medium',
  'jobsCache.replicas': 3,
  'cache.replicasPerShard': 2,
  'firewall.enabled': false,
  'firewall.requestsPerFiveMinutes': 7_654,
  'backups.enabled': false,
  'backups.retentionDays': 3_456,
  'alarms.diagnostics': false,
  'logs.retentionDays': 1_827,
};

/** Settings whose two values go with others of their own. */
export const otherStores: Readonly<Record<string, readonly [object, object]>> = {
  region: [{}, { region: 'eu-west-1' }],
  tier: [{}, { tier: 'medium' }],
  production: [{}, { production: false }],
  'database.login': [{}, { database: { login: 'iam', instanceClass: 'db.t4g.small' } }],
  'protection.challenge': [{ firewall: { enabled: true } }, { firewall: { enabled: true }, protection: { challenge: true } }],
  'protection.captcha.provider': [captcha('turnstile', 'captcha'), captcha('hcaptcha', 'captcha')],
  'protection.captcha.secretArn': [captcha('turnstile', 'captcha'), captcha('turnstile', 'other-captcha')],
  'app.worker': [{ app: { api: program('api') } }, { app: { api: program('api'), worker: 'none' } }],
  'app.migrations': [ownAll({}), ownAll({ migrations: 'none' })],
  ...Object.fromEntries(
    Object.entries({
      image: 'ghcr.io/acme/site:2.0.0',
      command: ['node', 'other-site.js'],
      needs: ['cache'],
      environment: { LOG_LEVEL: 'debug' },
      secrets: { SITE_KEY: secret('site') },
      writableFolders: ['/app/cache'],
      port: 4000,
      healthPath: '/ready',
      cpu: 1024,
      memoryMiB: 4096,
      minTasks: 3,
      maxTasks: 9,
    }).map(([key, value]) => [`app.site.${key}`, [site({}), site({ [key]: value })]]),
  ),
  ...Object.fromEntries(
    Object.entries({
      image: 'ghcr.io/acme/api:2.0.0',
      port: 4000,
      healthPath: '/ready',
      environment: { LOG_LEVEL: 'debug' },
      secrets: { API_KEY: secret('own') },
    }).map(([key, value]) => [`container.${key}`, [container({}), container({ [key]: value })]]),
  ),
  'usage.orders': [{ usage: { orders: 3_000 } }, { usage: { orders: 5_000 } }], // lines on the dashboards
  'usage.usersAtOnce': [{ usage: { usersAtOnce: 300 } }, { usage: { usersAtOnce: 500 } }],
  'cache.mode': [mode('single'), mode('cluster')],
  'jobsCache.failover': [jobs({ replicas: 1 }), jobs({ replicas: 1, failover: false })],
};

/** Settings that no template shows, and why. */
export const withoutEffect: Readonly<Record<string, string>> = {
  'appCapacity.cpuMicroseconds':
    'the review counts with it; it stands in the metadata of the template, and no resource changes with it',
  'appCapacity.measuredOn': 'it stands beside the figure, for whoever reads the settings',
  ...Object.fromEntries(
    settableUsage
      .filter((name) => name !== 'orders' && name !== 'usersAtOnce')
      .map((name) => [`usage.${name}`, 'the review counts with it; it stands in the metadata of the template']),
  ),
  acceptRisk: 'the reason stands in cdk.json and in the review; the template has what it allows',
  'domain.hostedZoneName': 'rules check by it that the name is in the zone; records have the name in full and the zone by its id',
  'vpc.zones': 'rules count by it the subnets that are needed; CloudFormation takes subnets alone',
};
