import type { Resource, Template, UnknownValue } from '../../template/template';
import type { ProtectionRow, ProtectionTopic } from './types';

/** What is said of one resource. */
export type Statement = readonly [verdict: ProtectionRow['verdict'], text: string];

/** Singular and plural. */
export type Noun = readonly [one: string, many: string];

/** A row for each different statement about resources of one kind: four buckets of which the same is true are one row. */
export function statements(
  topic: ProtectionTopic,
  noun: Noun,
  resources: readonly Resource[],
  describe: (resource: Resource, template: Template) => Statement,
): ProtectionRow[] {
  const rows = new Map<string, ProtectionRow>();
  for (const resource of resources) {
    const { result, unknown } = resource.read(describe);
    const [verdict, text] = unknown.length > 0 ? notKnown(unknown) : result;
    const ids = [...(rows.get(`${verdict} ${text}`)?.resources ?? []), resource.id];
    rows.set(`${verdict} ${text}`, { topic, subject: counted(ids.length, noun), text, verdict, resources: ids });
  }
  return [...rows.values()];
}

/** Written, but not known here: neither good nor weak. */
function notKnown(values: readonly UnknownValue[]): Statement {
  const names = [...new Set(values.map(({ property }) => property))];
  return ['not known', `depends on ${names.slice(0, 3).join(', ')}, which only AWS knows`];
}

/** `database`, `2 databases`. */
export function counted(count: number, [one, many]: Noun): string {
  return count === 1 ? one : `${count} ${many}`;
}

/** Words after one another, without those that are missing. */
export function joined(...text: readonly (string | undefined)[]): string {
  return text.filter((word) => word !== undefined).join('; ');
}
