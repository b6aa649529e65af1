import { holdsJobs } from '../../template/cache';
import { primaries } from '../../template/database';
import type { Template } from '../../template/template';
import { StoreParts } from './store-parts';

/** A resource that may bear or cause load, and that no limit covers. */
export interface NotExamined {
  /** Logical ID. */
  readonly resource: string;
  readonly type: string;
  readonly reason: string;
}

/**
 * Resources that a team added and that this review does not know. While there are any, no demand counts as met.
 * @param isKnownType whether a store itself has resources of a type
 */
export function notExamined(template: Template, isKnownType: (type: string) => boolean): readonly NotExamined[] {
  const [, ...moreDatabases] = primaries(template);
  const caches = template.ofType('AWS::ElastiCache::ReplicationGroup');
  const [, ...moreCaches] = caches.filter((group) => !holdsJobs(group));
  const [, ...moreJobCaches] = caches.filter(holdsJobs);
  const reasons = new Map([
    ...template.resources.flatMap(({ id, type }) =>
      isKnownType(type) ? [] : [[id, 'a type that this review does not know'] as const],
    ),
    ...moreDatabases.map(({ id }) => [id, 'a second database'] as const),
    ...moreCaches.map(({ id }) => [id, 'a second cache'] as const),
    ...moreJobCaches.map(({ id }) => [id, 'a second job cache'] as const),
    ...moreServices(template).map((id) => [id, 'a service that is neither the API nor the store’s worker'] as const),
  ]);
  return template.resources.flatMap(({ id, type }) => {
    const reason = reasons.get(id);
    return reason === undefined ? [] : [{ resource: id, type, reason }];
  });
}

function moreServices(template: Template): readonly string[] {
  const { api, worker, others } = new StoreParts(template);
  return others.map(({ service }) => service.id).filter((id) => !api || id !== worker?.service.id);
}
