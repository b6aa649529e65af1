import type { PartName } from '../../facts/part-names';
import { partOf } from '../../template/part-of';
import type { Resource } from '../../template/template';

/** Of what has neither a tag nor a place of its own. */
export const otherPart = 'other' satisfies PartName;

/** The tag `part`; without one, that of its type, or the part of a resource that it names. */
export function partOfChange(resource: Resource, named: readonly Resource[]): string {
  const neighbours = named.flatMap((other) => other.tag('part') ?? []);
  return partOf(resource) ?? neighbours[0] ?? otherPart;
}
