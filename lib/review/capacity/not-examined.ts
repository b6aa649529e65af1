import { isReplica } from '../../template/database';
import type { Template } from '../../template/template';
import { StoreParts } from './store-parts';

/** A resource that may carry load or bring some, and that no limit looks at. */
export interface NotExamined {
  /** Logical ID. */
  readonly resource: string;
  readonly type: string;
  readonly reason: string;
}

/**
 * What somebody added to a store and this review does not know. While there is something, nobody can say that a demand holds.
 * @param knownTypes types of resource that a store itself has
 */
export function notExamined(template: Template, knownTypes: (type: string) => boolean): readonly NotExamined[] {
  const [, ...moreDatabases] = template.ofType('AWS::RDS::DBInstance').filter((instance) => !isReplica(instance));
  const [, ...moreCaches] = template.ofType('AWS::ElastiCache::ReplicationGroup');
  const reasons = new Map([
    ...template.resources.flatMap(({ id, type }) =>
      knownTypes(type) ? [] : [[id, 'a type that this review does not know'] as const],
    ),
    ...moreDatabases.map(({ id }) => [id, 'a second database'] as const),
    ...moreCaches.map(({ id }) => [id, 'a second cache'] as const),
    ...moreServices(template).map((id) => [id, 'a service that is neither the API nor the store’s worker'] as const),
  ]);
  return template.resources.flatMap(({ id, type }) => {
    const reason = reasons.get(id);
    return reason === undefined ? [] : [{ resource: id, type, reason }];
  });
}

function moreServices(template: Template): readonly string[] {
  const { api, others } = new StoreParts(template);
  const worker = others.find(({ runs }) => runs === 'worker');
  const unknown = others.filter((service) => service !== worker).map(({ service }) => service.id);
  return api || others.length === 0 ? unknown : others.map(({ service }) => service.id);
}
