import { longestStoreName } from '../../lib/config/physical-names';
import type { Need } from '../../lib/config/store-config';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { everything, inTheirVpc } from '../settings-of-a-store/two-values';
import { remembered } from '../support/remembered';
import { type CloudFormationTemplate, outsideServices, signedFiles, templateOf } from '../support/stores';
import { type Deployment, deploy } from './deploy';

interface Store {
  readonly tier: TierName;
  readonly name?: string;
  readonly settings?: Readonly<Record<string, unknown>> & { readonly region?: string };
}

const region = 'eu-west-1';
const inIreland = {
  ...(JSON.parse(JSON.stringify({ ...outsideServices, ...signedFiles }).replaceAll('us-east-1', region)) as object),
  region,
  corsOrigins: ['https://www.elsewhere.example'],
  traces: {},
};

const byPassword = { database: { login: 'password' }, container: { image: 'ghcr.io/acme/api:1.0.0' } };

const own = (name: string, needs: readonly Need[]) => ({ image: `ghcr.io/acme/${name}:1.0.0`, command: ['run', name], needs });
const ownApp = {
  api: own('api', ['database', 'cache', 'queues', 'files', 'email', 'payments', 'traces']),
  worker: own('jobs', ['database', 'cache', 'queues', 'email']),
  migrations: own('migrations', []),
  site: own('site', ['cache']),
};

/** The sizes, and stores with what no size has. */
const stores: Readonly<Record<string, Store>> = {
  ...(Object.fromEntries(tierNames.map((tier) => [tier, { tier }])) as Record<TierName, Store>),
  'small with every setting': { tier: 'small', settings: everything },
  'small with payments, e-mails and log-in by passwords': { tier: 'small', name: 'mail', settings: outsideServices },
  'medium in Ireland with payments, e-mails and traces': { tier: 'medium', name: 'outlet', settings: inIreland },
  'large by passwords, with somebody’s own API': { tier: 'large', name: 'turns', settings: byPassword },
  'medium with an app of its own that needs everything': {
    tier: 'medium',
    name: 'own',
    settings: { ...inIreland, protection: {}, app: ownApp },
  },
  'large with an app of its own by passwords, a cache by one node and one for jobs': {
    tier: 'large',
    name: 'jobs',
    settings: {
      app: {
        api: own('api', ['database', 'cache', 'jobsCache']),
        worker: own('jobs', ['database', 'jobsCache']),
        migrations: own('migrations', []),
      },
      database: { login: 'password' },
      cache: { mode: 'single', login: 'password' },
      jobsCache: { replicas: 1 },
    },
  },
  'small with an app of its own that needs little': {
    tier: 'small',
    name: 'little',
    settings: { app: { api: { ...own('api', []), rendersSite: true }, worker: own('jobs', ['queues']), migrations: 'none' } },
  },
  'medium in somebody’s VPC': { tier: 'medium', name: 'theirs', settings: { ...inTheirVpc, network: { natGateways: 1 } } },
  'large with the longest name': { tier: 'large', name: 'x'.repeat(longestStoreName) },
};

export const storeNames = Object.keys(stores);

/** Where a store is. */
export const regionOf = (store: string): string => stores[store]?.settings?.region ?? 'us-east-1';

export function templateFor(store: string): CloudFormationTemplate {
  const { tier, name, settings } = stores[store] as Store;
  return templateOf(tier, settings, name);
}

/** What CloudFormation would make of it; the same object each time. */
export const deployed = remembered((store: string): Deployment => {
  const stack = `Store-${stores[store]?.name ?? 'shop'}`;
  return deploy(templateFor(store), { stack, region: regionOf(store) });
});
