import type { Settings } from '../../../alarms/assessment/change';
import type { TierName } from '../../tiers/tier';

/** What the search chooses for a store; everything else is its size's, or the store's own. */
export interface Choice {
  readonly task: TaskSize;
  readonly least: number;
  readonly most: number;
  readonly workerMost: number;
  readonly instanceClass: string;
  readonly storage: Storage;
  readonly replicas: number;
  readonly cache: Cache;
  readonly natGateways: number;
}

export interface TaskSize {
  readonly cpu: number;
  readonly memoryMiB: number;
}

export interface Storage {
  readonly gb: number;
  /** Only where they are not what gp3 includes. */
  readonly iops?: number | undefined;
}

export interface Cache {
  readonly nodeType: string;
  readonly shards: number;
}

/** What keeps a store up when something fails. More of any of them is a reason to pay more. */
export interface Safety {
  readonly zones: number;
  /** 1: a standby of the database in another zone. */
  readonly multiAz: number;
  readonly replicas: number;
  readonly natGateways: number;
  readonly backupDays: number;
  readonly cacheReplicas: number;
}

export interface Candidate {
  readonly tier: TierName;
  readonly choice: Choice;
  readonly settings: Settings;
  /** As the search counts it: without the alarms that a part more or less has. */
  readonly usdPerMonth: number;
  /** Of the tightest limit. */
  readonly headroom: number;
  readonly safety: Safety;
}

/** One name for one choice. */
export const nameOf = (tier: TierName, choice: Choice): string => `${tier} ${JSON.stringify(choice)}`;

/** The overrides that make a store of one choice one of another. */
export function settingsOf(from: Choice, to: Choice): Settings {
  const api = {
    ...(to.task.cpu !== from.task.cpu && to.task),
    ...(to.least !== from.least && { minTasks: to.least }),
    ...(to.most !== from.most && { maxTasks: to.most }),
  };
  const database = {
    ...(to.instanceClass !== from.instanceClass && { instanceClass: to.instanceClass }),
    ...(to.storage.gb !== from.storage.gb && { storageGb: to.storage.gb }),
    ...(to.storage.iops !== undefined && to.storage.iops !== from.storage.iops && { iops: to.storage.iops }),
    ...(to.replicas !== from.replicas && { readReplicas: to.replicas }),
  };
  const cache = {
    ...(to.cache.nodeType !== from.cache.nodeType && { nodeType: to.cache.nodeType }),
    ...(to.cache.shards !== from.cache.shards && { shards: to.cache.shards }),
  };
  const all: Settings = {
    api,
    worker: to.workerMost === from.workerMost ? {} : { maxTasks: to.workerMost },
    database,
    cache,
    network: to.natGateways === from.natGateways ? {} : { natGateways: to.natGateways },
  };
  return Object.fromEntries(Object.entries(all).filter(([, values]) => Object.keys(values).length > 0));
}
