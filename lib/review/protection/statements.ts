import type { Resource } from '../../template/template';
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
  say: (resource: Resource) => Said,
): ProtectionRow[] {
  const rows = new Map<string, ProtectionRow>();
  for (const resource of resources) {
    const { id } = resource;
    const { result, undecided } = resource.read(() => say(resource));
    const [verdict, words] = undecided ? onCondition : result;
    const ids = [...(rows.get(`${verdict} ${words}`)?.resources ?? []), id];
    rows.set(`${verdict} ${words}`, { topic, what: counted(ids.length, noun), words, verdict, resources: ids });
  }
  return [...rows.values()];
}

/** Said where a value hangs on a condition whose parameter has no default: neither good nor weak. */
const onCondition: Said = ['fact', 'depends on a condition'];

/** `database`, `2 databases`. */
export function counted(count: number, [one, many]: Noun): string {
  return count === 1 ? one : `${count} ${many}`;
}

/** Words after one another, without those that are missing. */
export function joined(...words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined).join('; ');
}
