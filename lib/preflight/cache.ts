import { DescribeReservedCacheNodesOfferingsCommand, ReservedCacheNodesOfferingNotFoundFault } from '@aws-sdk/client-elasticache';
import { Template } from '../template/template';
import { type Check, type Finding, holds, notKnown } from './check';
import { callAws, undefinedOn } from './preflight-error';

/**
 * ElastiCache has no list of what can be ordered, as RDS has. What it sells reservations of is there; of a class without any, and of
 * zones, it says nothing. The store names no zones for its cache, so ElastiCache chooses among those of the subnets.
 */
export const cacheClasses: Check = {
  title: 'cache class',
  run: ({ elastiCache }, { config: { region }, template }) => {
    const groups = new Template(template).ofType('AWS::ElastiCache::ReplicationGroup');
    const classes = new Set(groups.flatMap((group) => group.text('CacheNodeType') ?? []));
    const asked = [...classes].map(async (name): Promise<Finding> => {
      const command = new DescribeReservedCacheNodesOfferingsCommand({ CacheNodeType: name });
      const answer = await callAws('elasticache:DescribeReservedCacheNodesOfferings', region, () =>
        elastiCache.send(command).catch(undefinedOn(ReservedCacheNodesOfferingNotFoundFault)),
      );
      const prices = `https://aws.amazon.com/elasticache/pricing, with ${region}`;
      return (answer?.ReservedCacheNodesOfferings ?? []).length > 0
        ? holds(`${name}: ElastiCache has it in ${region}`)
        : notKnown(`${name}: ElastiCache sells no reservation of it in ${region}, and lists nothing else`, prices);
    });
    return Promise.all(asked);
  },
};
