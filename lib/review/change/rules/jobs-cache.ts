import { cacheDataBytes } from '../../../facts/cache-nodes';
import { changeFacts } from '../../../facts/changes';
import { member, scalar } from '../../../template/template';
import { figure } from '../../text/money';
import { type Found, updated } from '../finding';
import { formatChange } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { weaker } from './security-regressions';

/** AWS ElastiCache user guide, scaling-redis-classic: a best effort to retain the data; a node has to hold all of it. */
export function jobsNodeType({ before, after }: PropertyChange, { after: group }: ResourceChange): Found {
  const [was = 0, is] = [before, after].map((nodeType) => cacheDataBytes(scalar(nodeType) ?? ''));
  const room =
    is !== undefined && is >= was ? '' : `; they have to fit in ${is === undefined ? 'it' : `${figure(is / 1024 ** 2, 0)} MiB`}`;
  const text = `${formatChange(before, after)}; ElastiCache keeps the jobs by its best effort${room}`;
  return group?.flag('AutomaticFailoverEnabled')
    ? {
        kind: 'failover',
        text: `${text}; less than a second of downtime`,
        downtime: changeFacts.cacheScaledSeconds,
        before: ['finishJobs'],
      }
    : {
        kind: 'restart',
        text: `${text}; unavailable twice for a few seconds, in which programs neither add nor take jobs`,
        downtime: changeFacts.cacheNodeSwitchedSeconds,
        before: ['finishJobs'],
      };
}

/** A cache that evicted nothing, and now does. */
export function parametersOfCache({ before, after }: PropertyChange): Found {
  const [was, is] = [before, after].map((properties) => member(properties, 'maxmemory-policy'));
  if (was === 'noeviction' && is !== was) return weaker('a full cache of jobs loses some of them: it evicts what it holds');
  return updated('cache parameters', { minor: true });
}
