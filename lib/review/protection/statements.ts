import type { Resource, Template } from '../../template/template';
import type { UnknownValue } from '../../template/unknown-value';
import type { ProtectionRow, ProtectionTopic } from './types';

/** What is said of one resource. */
export type Said = readonly [verdict: ProtectionRow['verdict'], words: string];

/** Singular and plural. */
export type Noun = readonly [one: string, many: string];

/** A row for each different statement about resources of one kind: four buckets of which the same is true are one row. */
export function statements(
  topic: ProtectionTopic,
  noun: Noun,
  resources: readonly Resource[],
  say: (resource: Resource, template: Template) => Said,
): ProtectionRow[] {
  const rows = new Map<string, ProtectionRow>();
  for (const resource of resources) {
    const { id } = resource;
    const { result, unknown } = resource.read(say);
    const [verdict, words] = unknown.length > 0 ? notKnown(unknown) : result;
    const ids = [...(rows.get(`${verdict} ${words}`)?.resources ?? []), id];
    rows.set(`${verdict} ${words}`, { topic, what: counted(ids.length, noun), words, verdict, resources: ids });
  }
  return [...rows.values()];
}

/** Written, but not known here: neither good nor weak. */
function notKnown(values: readonly UnknownValue[]): Said {
  const names = [...new Set(values.map(({ property }) => property))];
  return ['not known', `depends on ${names.slice(0, 3).join(', ')}, which only AWS knows`];
}

/** `database`, `2 databases`. */
export function counted(count: number, [one, many]: Noun): string {
  return count === 1 ? one : `${count} ${many}`;
}

/** Words after one another, without those that are missing. */
export function joined(...words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined).join('; ');
}
