import type { CloudFormationTemplate } from '../../template/template';
import { compare } from './compare';
import { indexTemplate } from './indexed-template';
import { replacing } from './rules/in-place';

export interface Replacement {
  /** Logical ID. */
  readonly id: string;
  readonly part: string;
  /** Names of the properties that CloudFormation cannot change in place. */
  readonly properties: readonly string[];
}

/** What CloudFormation would replace, or might, between two templates of a stack. */
export function replacements(from: CloudFormationTemplate, to: CloudFormationTemplate): readonly Replacement[] {
  return compare(indexTemplate(from), indexTemplate(to)).changes.flatMap((change) => {
    const properties = change.before && change.after ? replacing(change).map(({ name }) => name) : [];
    return properties.length > 0 ? [{ id: change.id, part: change.part, properties }] : [];
  });
}
