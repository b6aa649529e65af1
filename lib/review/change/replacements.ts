import type { Comparison } from './compare';
import { replacing } from './rules/in-place';

export interface Replacement {
  /** Logical ID. */
  readonly id: string;
  readonly part: string;
  /** Names of the properties that CloudFormation cannot change in place. */
  readonly properties: readonly string[];
}

/** What CloudFormation would replace, or might. */
export function replacements({ changes }: Comparison): readonly Replacement[] {
  return changes.flatMap((change) => {
    const properties = change.before && change.after ? replacing(change).map(({ name }) => name) : [];
    return properties.length > 0 ? [{ id: change.id, part: change.part, properties }] : [];
  });
}
