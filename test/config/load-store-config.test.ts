import { generateKeyPairSync } from 'node:crypto';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import { tierNames } from '../../lib/tiers/tier';
import { tiers } from '../../lib/tiers/tiers';
import { domain, drop, night, vpc } from './good-parts';
import { acme, load, region } from './problems';

describe('a store without settings beside its region', () => {
  test.each(tierNames)('is exactly the %s size', (tier) => {
    const { network, api, worker, database, cache, ...config } = load({ tier, stores: { acme: { region } } });
    const { parts, budget } = tiers[tier];
    expect(config).toMatchObject({
      tier,
      cluster: parts.cluster,
      firewall: parts.firewall,
      backups: parts.backups,
      logs: parts.logs,
    });
    expect({ network, api, worker, database, cache }).toMatchObject({
      network: parts.network,
      api: parts.api,
      worker: parts.worker,
      database: parts.database,
      cache: parts.cache,
    });
    expect(config.budget).toEqual({ usdPerMonth: budget.usdPerMonth, costTag: undefined });
    expect(config.acceptedRisks).toEqual([]);
  });

  test('gets the defaults', () => {
    expect(load({ tier: 'small', stores: { acme: { region } } })).toMatchObject({
      name: 'acme',
      region,
      production: true,
      alerts: { email: undefined, slack: undefined },
      alarms: { actionsEnabled: true, runbooksUrl: undefined, pageActions: [], ticketActions: [] },
      network: { cidr: '10.0.0.0/16', zones: 3, existingVpc: undefined, cloudFrontPrefixList: 'pl-3b927c52' },
      domain: undefined,
      servicesImageUri: undefined,
      app: { api: undefined, worker: 'store', migrations: 'store', site: undefined },
      notices: [],
      payments: undefined,
      tags: {},
      emailFrom: undefined,
      siteUrl: undefined,
      sentryDsn: undefined,
      traces: undefined,
      costAnomalies: undefined,
      switchedOff: [],
      api: { night: undefined, drops: [] },
      database: { engineVersion: '18', iops: undefined, throughputMiBps: undefined, snapshotIdentifier: undefined },
      cache: { engine: 'redis' },
      files: { signingPublicKey: undefined, signingKeySecretArn: undefined, uploadOrigins: ['https://*.cloudfront.net'] },
    });
  });

  test('gets two zones where a new account has no more', () => {
    expect(load({ tier: 'medium', stores: { acme: { region: 'us-west-1' } } }).network.zones).toBe(2);
  });

  test('gets the prefix list of its region', () => {
    expect(load({ tier: 'small', stores: { acme: { region: 'eu-west-1' } } }).network.cloudFrontPrefixList).toBe('pl-4fa04526');
  });
});

describe('settings', () => {
  test('override single numbers of the size and keep the others', () => {
    const { api, database } = load(acme({ api: { maxTasks: 12 }, database: { storageGb: 200, readReplicas: 2 } }));
    expect(api).toMatchObject({ ...tiers.medium.parts.api, maxTasks: 12 });
    expect(database).toMatchObject({ ...tiers.medium.parts.database, storageGb: 200, readReplicas: 2 });
  });

  test.each([
    [399, undefined, undefined],
    [400, 12_000, 500],
  ])('of %d GB give gp3 %p IOPS and %p MiB/s', (storageGb, iops, throughputMiBps) => {
    expect(load(acme({ database: { storageGb } })).database).toMatchObject({ iops, throughputMiBps });
  });

  test.each([
    [12_000, 500],
    [20_000, 500], // × 16 KiB = 312.5
    [32_000, 500],
    [64_000, 1_000],
  ])('of %d IOPS give gp3 %d MiB/s', (iops, throughputMiBps) => {
    expect(load(acme({ database: { storageGb: 400, iops } })).database).toMatchObject({ iops, throughputMiBps });
  });

  test('turn alarm actions off outside production unless they say otherwise', () => {
    expect(load(acme({ production: false })).alarms.actionsEnabled).toBe(false);
    expect(load(acme({ production: false, alarmActions: true })).alarms.actionsEnabled).toBe(true);
  });

  test('name an existing VPC, whose zones become those of the store', () => {
    const { network } = load(acme({ vpc }));
    expect(network).toMatchObject({ existingVpc: vpc, zones: vpc.zones });
  });

  test('without public subnets give an empty list of them', () => {
    const { publicSubnetIds: _, ...rest } = vpc;
    expect(load(acme({ vpc: rest })).network.existingVpc?.publicSubnetIds).toEqual([]);
  });

  test('with a domain let its own origin upload', () => {
    expect(load(acme({ domain })).files.uploadOrigins).toEqual(['https://shop.example.com']);
  });

  test('stop API and worker at night', () => {
    const { api, worker } = load(acme({ night, production: false }));
    expect([api.night, worker.night]).toEqual([night, night]);
  });

  test('announce drops to the API alone, and those that ended are left out', () => {
    const ended = { ...drop, from: '2026-11-01T09:00:00Z', to: '2026-11-01T12:00:00Z' };
    const { api, worker } = load(acme({ drops: [ended, drop] }));
    expect([api.drops, worker.drops]).toEqual([[drop], []]);
  });

  test('may keep a drop that ended even when the size has changed since', () => {
    const ended = { ...drop, from: '2026-11-01T09:00:00Z', to: '2026-11-01T12:00:00Z', tasks: 500 };
    expect(load(acme({ drops: [ended] })).api.drops).toEqual([]);
  });

  test.each([
    ['RSA of 2048 bits', () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey],
    ['ECDSA P-256', () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey],
  ])('take a signing key of %s', (_, key) => {
    const signingPublicKey = key().export({ type: 'spki', format: 'pem' }).toString();
    expect(load(acme({ files: { signingPublicKey } })).files.signingPublicKey).toBe(signingPublicKey);
  });

  test('with a reason go under the floors, and each is told with it', () => {
    const acceptRisk = 'rebuilt from scratch every night';
    const { acceptedRisks, database } = load(
      acme({ acceptRisk, api: { minTasks: 1 }, database: { multiAz: false, deletionProtection: false, backupRetentionDays: 1 } }),
    );
    expect(database.multiAz).toBe(false);
    expect(acceptedRisks).toEqual([
      {
        path: 'stores.acme.api.minTasks',
        floor: '2 or more keep the store up while a task or its zone fails',
        got: '1',
        reason: acceptRisk,
      },
      {
        path: 'stores.acme.database.multiAz',
        floor: 'every size requires a standby in a second zone',
        got: 'false',
        reason: acceptRisk,
      },
      {
        path: 'stores.acme.database.deletionProtection',
        floor: 'every size requires deletion protection',
        got: 'false',
        reason: acceptRisk,
      },
      {
        path: 'stores.acme.database.backupRetentionDays',
        floor: 'every size requires 7 days or more',
        got: '1',
        reason: acceptRisk,
      },
    ]);
  });
});

describe('the command line', () => {
  test('names one of several stores', () => {
    const stores = { acme: { region }, staging: { region: 'eu-west-1' } };
    expect(load({ tier: 'small', store: 'staging', stores })).toMatchObject({ name: 'staging', region: 'eu-west-1' });
  });

  test('gives way to the pinned size', () => {
    expect(load({ stores: { acme: { region, tier: 'large' } } }).tier).toBe('large');
  });

  test('changes a pinned size when it says that this is meant', () => {
    expect(load({ tier: 'medium', changeTier: 'small:medium', stores: { acme: { region, tier: 'small' } } }).tier).toBe('medium');
  });

  test('overrides the image of the services', () => {
    const context = acme({ servicesImage: 'store:1' }, { imageUri: 'store:2' });
    expect(load(context).servicesImageUri).toBe('store:2');
  });

  test('may carry keys of the CDK', () => {
    const foreign = { '@aws-cdk/core:stackRelativeExports': true, 'aws:cdk:bundling-stacks': ['**'], 'aws-cdk-lib:x': 1 };
    const lookUps = { 'availability-zones:account=111122223333:region=us-east-1': ['us-east-1a'], 'cdk-migrate': true };
    expect(load(acme({}, { ...foreign, ...lookUps })).name).toBe('acme');
  });
});

test('a configuration does not depend on the order of the settings', () => {
  const settings = { region, api: { maxTasks: 9 }, cacheEngine: 'valkey' };
  const turned = Object.fromEntries(Object.entries(settings).toReversed());
  const options = { now: new Date() };
  expect(loadStoreConfig({ tier: 'small', stores: { acme: turned } }, options)).toEqual(
    loadStoreConfig({ tier: 'small', stores: { acme: settings } }, options),
  );
});

describe('stores beside each other', () => {
  const alarmSlack = { workspaceId: 'T0123456789', channelId: 'C0123456789' };

  test('may have a Slack channel each, and the same one in two accounts, which is shown as a risk', () => {
    const another = { staging: { region, alarmSlack: { ...alarmSlack, channelId: 'C9876543210' } }, odd: 'no settings' };
    expect(load(acme({ alarmSlack }, {}, another)).alerts.slack).toEqual(alarmSlack);
    const same = { staging: { region, alarmSlack } };
    const { acceptedRisks } = load(acme({ alarmSlack, acceptRisk: 'staging has an account of its own' }, {}, same));
    expect(acceptedRisks).toMatchObject([
      { path: 'stores.acme.alarmSlack.channelId', reason: 'staging has an account of its own' },
    ]);
  });
});
