import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmSet } from '../alarms/alarm-set';
import { catalogue } from '../alarms/catalogue/catalogue';
import { Dashboards } from '../alarms/dashboards';
import { databaseRoles } from '../services/contract';
import { physicalNames } from './config/physical-names';
import { type OwnProgram, runsStoreApi, runsStoreWorker, type StoreConfig } from './config/store-config';
import { AccessLogs } from './constructs/access-logs';
import { Alerts } from './constructs/alerts';
import { ApiService } from './constructs/api-service';
import { Assessor } from './constructs/assessor';
import { Backups } from './constructs/backups';
import { Budget } from './constructs/budget';
import { Cache } from './constructs/cache';
import { Cdn } from './constructs/cdn';
import { Cluster } from './constructs/cluster';
import { CostAnomalies } from './constructs/cost-anomalies';
import { Database } from './constructs/database';
import { DatabaseProxy } from './constructs/database-proxy';
import { EncryptionKey } from './constructs/encryption-key';
import { Files } from './constructs/files';
import { Firewall } from './constructs/firewall';
import { JobsCache } from './constructs/jobs-cache';
import { LoadBalancer } from './constructs/load-balancer';
import { Network } from './constructs/network';
import { PasswordRotation } from './constructs/password-rotation';
import { Queues } from './constructs/queues';
import { ReaderName } from './constructs/reader-name';
import { Replicas } from './constructs/replicas';
import { ServiceImage } from './constructs/service-image';
import { SignedLinks } from './constructs/signed-links';
import { SiteService } from './constructs/site-service';
import { WorkerService } from './constructs/worker-service';
import { capacityMetadata } from './facts/capacity-metadata';
import { edgeRegion, hasBudgets } from './facts/regions';
import { usageMetadata } from './facts/usage-metadata';
import { addOutputs } from './outputs';
import { resourceNames } from './resource-names';
import { tagParts, tagTier } from './tags';

/** Of a page that a browser may get a token of the firewall for: the list takes no `localhost`. */
const hostsOf = (origin: string): string[] => (origin.startsWith('https:') ? [new URL(origin).hostname] : []);

/** Whether its tasks are handed a password, which a rotation makes old. */
const isHanded = (program: OwnProgram | 'store' | 'none' | undefined): boolean =>
  typeof program === 'object' && program.needs.includes('database');

export interface StoreStackProps extends StackProps {
  readonly config: StoreConfig;
}

/** The whole store in one regional stack. */
export class StoreStack extends Stack {
  constructor(scope: Construct, id: string, { config, ...props }: StoreStackProps) {
    super(scope, id, props);
    const names = physicalNames(config.name);
    const logRetentionDays = config.logs.retentionDays;

    const publishers = { costAnomalies: config.costAnomalies !== undefined };
    const key = new EncryptionKey(this, 'Key', publishers);
    const { bucket: accessLogs } = new AccessLogs(this, 'AccessLogs', config.logs);
    const alerts = new Alerts(this, 'Alerts', {
      ...config.alerts,
      ...publishers,
      slackConfigurationName: names.slackConfiguration,
      key,
    });
    const network = new Network(this, 'Network', { ...config.network, accessLogs });
    const common = { network, key, logRetentionDays };

    const database = new Database(this, 'Database', {
      ...config.database,
      ...common,
      storeName: config.name,
      instanceIdentifier: names.databaseInstance,
      rotationFunctionName: names.rotationFunction,
    });
    const replicas = new Replicas(this, 'Replicas', {
      ...config.database,
      ...common,
      instanceIdentifiers: Array.from({ length: config.database.readReplicas }, (_, index) => names.databaseReplica(index + 1)),
      database,
    });
    const proxy = config.database.proxy
      ? new DatabaseProxy(this, 'Proxy', {
          ...common,
          engineVersion: config.database.engineVersion,
          proxyName: names.databaseProxy,
          roles: [databaseRoles.app, databaseRoles.worker],
          database,
        })
      : undefined;
    const writerHost = proxy?.host ?? database.host;
    const reader =
      database.passwords && replicas.instances.length > 0
        ? new ReaderName(replicas, 'ReaderName', {
            network,
            zoneName: names.privateZone,
            replicas: replicas.instances,
            otherwise: writerHost,
          })
        : undefined;
    database.passwords?.reachedAt({ url: writerHost, directUrl: database.host, readUrl: reader?.host ?? writerHost });
    const cache = new Cache(this, 'Cache', {
      ...config.cache,
      ...common,
      userId: names.cacheUser(config.cache.engine),
      passwordUserId: names.cacheUrlUser(config.cache.engine),
      disabledUserId: names.cacheDefaultUser(config.cache.engine),
      userGroupId: names.cacheUserGroup(config.cache.engine),
      iamLogin: config.cache.login === 'iam' || runsStoreApi(config.app) || runsStoreWorker(config.app),
    });
    const jobsCache = config.jobsCache
      ? new JobsCache(this, 'JobsCache', {
          ...config.jobsCache,
          ...common,
          userId: names.jobsUser(config.cache.engine),
          disabledUserId: names.jobsDefaultUser(config.cache.engine),
          userGroupId: names.jobsUser(config.cache.engine),
        })
      : undefined;
    const queues = new Queues(this, 'Queues', { nightly: config.app.worker === 'store' });
    const files = new Files(this, 'Files', { ...config.files, key, accessLogs });
    const signedLinks = config.files.signingPublicKey
      ? new SignedLinks(this, 'SignedLinks', { publicKey: config.files.signingPublicKey })
      : undefined;

    const { image } = new ServiceImage(this, 'Image', { imageUri: config.servicesImageUri });
    const cluster = new Cluster(this, 'Cluster', { ...config.cluster, ...common });
    const balancer = new LoadBalancer(this, 'LoadBalancer', {
      certificateArn: config.domain?.regionalCertificateArn,
      deletionProtection: config.production,
      network,
      accessLogs,
    });
    const metadata = {
      ...(config.appCapacity && { [capacityMetadata]: config.appCapacity }),
      ...(Object.keys(config.usage).length > 0 && { [usageMetadata]: config.usage }),
    };
    if (Object.keys(metadata).length > 0) this.templateOptions.metadata = metadata;
    const rendered = config.app.site !== undefined || config.app.api?.rendersSite === true;
    const cdn = new Cdn(this, 'Cdn', {
      ...config.cdn,
      domain: config.domain,
      rendered,
      signers: signedLinks?.keyGroup,
      reachableAfter: network.gatewayAttachments,
      balancer,
      files,
      accessLogs,
    });
    const backends = { database, proxy, replicas, cache, jobsCache, queues, files, signingKeyId: signedLinks?.keyId };
    const { app, payments, emailFrom, sentryDsn, siteUrl = cdn.url, switchedOff, traces } = config;
    const urls = { siteUrl, apiUrl: cdn.url };
    const { migrations } = app;
    const own = { backends, payments, emailFrom, ...urls, migrations };
    const platform = { ...common, ...own, storeName: config.name, cluster, image, sentryDsn, switchedOff, traces };
    const { cors, protection } = config;
    const { captcha } = protection;
    const { signingKeySecretArn: keySecretArn } = config.files;
    const cdnLinks =
      signedLinks && keySecretArn !== undefined ? { keyId: signedLinks.keyId, keySecretArn, url: cdn.url } : undefined;
    const api = new ApiService(this, 'Api', { ...config.api, own: app.api, captcha, cdnLinks, cors, platform, balancer });
    const site =
      app.site &&
      new SiteService(this, 'Site', { ...config.api, ...app.site, own: app.site, drops: [], platform, balancer, api });
    const worker =
      app.worker === 'none'
        ? undefined
        : new WorkerService(this, 'Worker', { ...config.worker, own: app.worker === 'store' ? undefined : app.worker, platform });
    worker?.startsAfter(api);
    const last = worker ?? site ?? api;
    if (database.passwords) {
      const { app: appRole, worker: workerRole } = databaseRoles;
      const handedTo = [
        ...(isHanded(app.api) ? [{ role: appRole, service: api.service }] : []),
        ...(site && isHanded(app.site) ? [{ role: appRole, service: site.service }] : []),
        ...(worker && isHanded(app.worker) ? [{ role: workerRole, service: worker.service }] : []),
      ];
      new PasswordRotation(database, 'PasswordRotation', { platform, passwords: database.passwords, handedTo }).startsAfter(last);
    }

    if (config.firewall.enabled) {
      new Firewall(this, 'Firewall', {
        ...config.firewall,
        ...common,
        metricName: config.name,
        logGroupName: names.wafLogGroup,
        balancer: balancer.balancer,
        challenge: protection.challenge ? { hosts: [cdn.host, ...cors.origins.flatMap(hostsOf)] } : undefined,
      });
    }
    const backups = new Backups(this, 'Backups', {
      ...config.backups,
      key,
      database,
      buckets: [files.site, files.media, files.files],
    });
    if (hasBudgets(config.region)) new Budget(this, 'Budget', { ...config.budget, topic: alerts.ticket });
    if (config.costAnomalies)
      new CostAnomalies(this, 'CostAnomalies', { ...config.costAnomalies, storeName: config.name, topic: alerts.ticket });

    const assessor = new Assessor(this, 'Assessor', {
      ...common,
      storeName: config.name,
      budgetUsd: config.budget.usdPerMonth,
      edge:
        config.region === edgeRegion
          ? undefined
          : { distributionId: cdn.distribution.distributionId, certificateArn: config.domain?.cdnCertificateArn },
    });
    assessor.startsAfter(last);
    const watched = {
      storeName: config.name,
      catalogue: catalogue(config),
      nameOf: resourceNames({ alerts, api, assessor, balancer, cache, cdn, cluster, jobsCache, network, queues, site, worker }),
      runbooksUrl: config.alarms.runbooksUrl,
      switchedOff,
    };
    new AlarmSet(this, 'Alarms', {
      ...config.alarms,
      ...watched,
      topics: alerts,
      services: { api, ...(site && { site }), ...(worker && { worker }) },
      databaseIdentifiers: [database.instance, ...replicas.instances].map(({ instanceIdentifier }) => instanceIdentifier),
      backupVaultName: backups.vaultName,
    });
    new Dashboards(this, 'Dashboards', {
      ...watched,
      region: config.region,
      capacity: { concurrentUsers: config.serves.concurrentUsers.figure, ordersPerMonth: config.serves.ordersPerMonth },
      availabilityPercent: config.serves.availability.figure,
      budgetUsdPerMonth: config.budget.usdPerMonth,
      databaseStorageGb: config.database.storageGb,
      mostTasks: {
        api: config.api.maxTasks,
        ...(app.site && { site: app.site.maxTasks }),
        ...(worker && { worker: config.worker.maxTasks }),
      },
      runsStoreApi: app.api === undefined,
      hasTraces: traces !== undefined,
      dashboardNames: names.dashboards,
    });

    addOutputs(this, { tier: config.tier, cdn, files, cluster, worker, database, siteOfFiles: !rendered });
    tagParts(this, config.name, config.tags);
    tagTier(database, config.tier);
  }
}
