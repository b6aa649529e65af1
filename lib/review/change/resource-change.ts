import type { Json, Resource } from '../../template/template';

/** What CloudFormation does to a resource by its schema; `may-replace` where the schema leaves it to the values. */
export type Impact = 'added' | 'removed' | 'updated' | 'may-replace' | 'replaced';

export interface PropertyChange {
  readonly name: string;
  readonly impact: Extract<Impact, 'updated' | 'may-replace' | 'replaced'>;
  readonly before: Json;
  readonly after: Json;
}

/** One resource that a deployment touches. */
export interface ResourceChange {
  readonly id: string;
  readonly type: string;
  /** As the tag `part` names it; without one, as the cost table counts it. */
  readonly part: string;
  readonly impact: Impact;
  readonly before: Resource | undefined;
  readonly after: Resource | undefined;
  readonly properties: readonly PropertyChange[];
}
