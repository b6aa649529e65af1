import { limits } from '../facts/limits';
import { regionFacts } from '../facts/regions';
import { throughputOf } from '../facts/storage-throughput';
import { tiers } from '../tiers/tiers';
import { ownServes } from '../usage/month';
import { defaultCidr } from './cidr';
import { usualFromUsd } from './cost-anomaly-settings';
import { isOfStoresSite } from './origins';
import type { ResolvedSettings } from './resolved-settings';
import type { AcceptedRisk, CorsConfig, DatabaseConfig, NetworkConfig, StoreConfig } from './store-config';
import { usualSampledPercent } from './trace-settings';

/** Where a store without a domain is reached: any distribution, since its own name is known only after deployment. */
const distributionOrigins = ['https://*.cloudfront.net'];

/** Settings that broke no rule, in the shape that the constructs take. */
export function toStoreConfig(store: ResolvedSettings, acceptedRisks: readonly AcceptedRisk[]): StoreConfig {
  return {
    name: store.name,
    tier: store.tier,
    serves: ownServes(tiers[store.tier].serves, store.usage ?? {}),
    region: store.region,
    production: store.production,
    tags: store.tags ?? {},
    alerts: { email: store.alarmEmail, slack: store.alarmSlack },
    network: network(store),
    domain: store.domain && { ...store.domain, regionalCertificateArn: store.domain.regionalCertificateArn },
    cdn: { accessLogsEnabled: regionFacts(store.region)?.optIn !== true },
    cors: cors(store),
    cluster: store.cluster,
    servicesImageUri: store.servicesImageUri,
    app: store.app,
    appCapacity: store.appCapacity,
    usage: store.usage ?? {},
    payments: store.payments,
    emailFrom: store.emailFrom,
    siteUrl: store.siteUrl,
    sentryDsn: store.sentryDsn,
    traces: store.traces && { sampledPercent: store.traces.sampledPercent ?? usualSampledPercent },
    switchedOff: store.switchedOff ?? [],
    api: { ...store.api, night: store.night, drops: store.announced.map(({ from, to, tasks }) => ({ from, to, tasks })) },
    worker: { ...store.worker, night: store.night, drops: [] }, // queues level a drop out
    database: database(store),
    cache: { ...store.cache, engine: store.cacheEngine, modeIsGiven: store.given.cache?.mode !== undefined },
    jobsCache: store.jobsCache && { ...store.jobsCache, engine: store.cacheEngine },
    files: {
      signingPublicKey: store.files?.signingPublicKey,
      signingKeySecretArn: store.files?.signingKeySecretArn,
      uploadOrigins: store.files?.uploadOrigins ?? (store.domain ? [`https://${store.domain.name}`] : distributionOrigins),
    },
    firewall: store.firewall,
    protection: { challenge: store.protection?.challenge ?? false, captcha: store.protection?.captcha },
    backups: store.backups,
    budget: { usdPerMonth: budgetUsd(store), costTag: store.budget?.costTag },
    costAnomalies: store.costAnomalies && {
      fromUsd: store.costAnomalies.fromUsd ?? usualFromUsd(budgetUsd(store)),
      monitorArn: store.costAnomalies.monitorArn,
    },
    logs: store.logs,
    alarms: {
      ...store.alarms,
      actionsEnabled: store.alarmActions ?? store.production,
      runbooksUrl: store.runbooksUrl,
      pageActions: store.alarmTopics?.page ?? [],
      ticketActions: store.alarmTopics?.ticket ?? [],
    },
    acceptedRisks,
    notices: notices(store),
  };
}

const budgetUsd = ({ budget, tier }: ResolvedSettings): number => budget?.usdPerMonth ?? tiers[tier].budget.usdPerMonth;

/** Settings that are read on under their former names. */
const notices = ({ given }: ResolvedSettings): readonly string[] =>
  given.container === undefined ? [] : ['`container` is now `app.api`, which names what the API needs: docs/your-app.md'];

function cors({ corsOrigins: origins = [], domain }: ResolvedSettings): CorsConfig {
  return { origins, otherSites: !origins.every((origin) => isOfStoresSite(origin, domain)) };
}

function network({ network: { natGateways }, zones, cidr, vpc, cloudFrontPrefixList, region }: ResolvedSettings): NetworkConfig {
  return {
    natGateways,
    zones,
    cidr: cidr ?? defaultCidr,
    existingVpc: vpc && { ...vpc, publicSubnetIds: vpc.publicSubnetIds ?? [] },
    cloudFrontPrefixList: cloudFrontPrefixList ?? regionFacts(region)?.cloudFrontPrefixList?.id ?? '', // the rule cloudfront-prefix-list keeps '' out
  };
}

function database({ database: sized, postgres, restoreFromSnapshot }: ResolvedSettings): DatabaseConfig {
  const { fromGb, iops, throughputMiBps } = limits.rdsGp3Provisioned;
  const provisioned = sized.storageGb >= fromGb;
  return {
    ...sized,
    engineVersion: postgres ?? '18',
    iops: provisioned ? (sized.iops ?? iops) : undefined,
    throughputMiBps: provisioned ? Math.max(throughputMiBps, throughputOf(sized.iops ?? iops)) : undefined,
    snapshotIdentifier: restoreFromSnapshot,
  };
}
