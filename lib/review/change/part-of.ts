import type { Resource } from '../../template/template';
import { entryOf } from '../cost/table';

/** Of what has neither a tag nor a place of its own. */
export const otherPart = 'other';

/** The tag `part`; without one, where the cost table counts the type, or the part of a resource that it names. */
export function partOf(resource: Resource, named: readonly Resource[]): string {
  const neighbours = named.flatMap((other) => other.tag('part') ?? []);
  return resource.tag('part') ?? costPart(resource) ?? neighbours[0] ?? otherPart;
}

function costPart(resource: Resource): string | undefined {
  const entry = entryOf(resource.type);
  if (!entry || 'free' in entry) return undefined;
  return typeof entry.part === 'string' ? entry.part : entry.part(resource);
}
