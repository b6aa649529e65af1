import { storeNames } from '../../services/contract';
import { limits } from '../facts/limits';
import { type CacheEngine, cacheEngines } from './store-config';

/**
 * Names that AWS lets nobody change later or that two stores in one account could share. They come from the store's name
 * alone, never from its size: a change of size is an update of the same resources.
 */
export function physicalNames(store: string) {
  return {
    ...storeNames(store),
    stack: `Store-${store}`,
    /** Function of the hosted rotation; its log group has its name. */
    rotationFunction: `${store}-rotation`,
    /** The engine is in the name: a user belongs to one, and changing it makes a new one. */
    cacheUser: (engine: CacheEngine) => `${store}-app-${engine}`,
    /** ElastiCache wants a user called default in each group; this one is switched off. */
    cacheDefaultUser: (engine: CacheEngine) => `${store}-default-${engine}`,
    cacheUserGroup: (engine: CacheEngine) => `${store}-users-${engine}`,
    /** Who logs in to the cache by a URL. */
    cacheUrlUser: (engine: CacheEngine) => `${store}-url-${engine}`,
    /** Of the cache that holds jobs: its one user, and the group of its users. */
    jobsUser: (engine: CacheEngine) => `${store}-jobs-${engine}`,
    jobsDefaultUser: (engine: CacheEngine) => `${store}-jobs-no-${engine}`,
    /** WAF writes to log groups of this prefix alone. */
    wafLogGroup: `aws-waf-logs-${store}`,
    slackConfiguration: `${store}-alerts`,
    /** Of names within the VPC alone. */
    privateZone: `${store}.internal`,
    dashboards: { executive: `${store}-executive`, technical: `${store}-technical`, operations: `${store}-operations` },
  };
}

/** Each kind of name at its longest, with AWS's limit in characters. */
export function longestNames(store: string): readonly { readonly name: string; readonly most: number }[] {
  const names = physicalNames(store);
  return [
    { name: names.stack, most: limits.names.stack },
    { name: names.databaseInstance, most: limits.names.rdsInstance },
    { name: names.databaseReplica(limits.rdsReadReplicas.most), most: limits.names.rdsInstance },
    { name: names.rotationFunction, most: limits.names.lambdaFunction },
    { name: names.databaseProxy, most: limits.names.rdsProxy },
    ...cacheEngines.map((engine) => ({ name: names.cacheUser(engine), most: limits.names.elasticacheUser })),
    ...cacheEngines.map((engine) => ({ name: names.cacheDefaultUser(engine), most: limits.names.elasticacheUser })),
    ...cacheEngines.map((engine) => ({ name: names.cacheUserGroup(engine), most: limits.names.elasticacheUserGroup })),
    ...cacheEngines.map((engine) => ({ name: names.cacheUrlUser(engine), most: limits.names.elasticacheUser })),
    ...cacheEngines.map((engine) => ({ name: names.jobsUser(engine), most: limits.names.elasticacheUserGroup })),
    ...cacheEngines.map((engine) => ({ name: names.jobsDefaultUser(engine), most: limits.names.elasticacheUser })),
    { name: names.wafLogGroup, most: limits.names.wafLogGroup },
    { name: names.alarm('x'.repeat(limits.alarmNameSuffix.most)), most: limits.names.cloudWatchAlarm },
  ];
}

/** Characters that a store's name may have, so that every name made of it fits. */
export const longestStoreName: number = Math.min(...longestNames('').map(({ name, most }) => most - name.length));
