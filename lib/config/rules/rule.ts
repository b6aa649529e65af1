import type { ResolvedSettings } from '../resolved-settings';

/** What one setting must be beside other settings, the size and the region. Broken rules are told all together. */
export interface Rule {
  readonly id: string;
  /** Settings that the rule reads, the one to change first; it is not judged when one of them has no good shape. */
  readonly paths: readonly [string, ...string[]];
  /** True, or the paths at fault within a list or a record, when the rule is broken. */
  readonly condition: (store: ResolvedSettings) => boolean | readonly string[];
  /** What is allowed, and why. */
  readonly message: (store: ResolvedSettings, path: string) => string;
  /** The value to write at the path, or `{ line }` where something else helps. */
  readonly fix: (store: ResolvedSettings, path: string) => Fix;
  /** The value may be a secret in the wrong place: the problem does not repeat it. */
  readonly hidden?: true;
  /** A floor of safety, or a fact that may be out of date: `acceptRisk` goes past it and the review shows it. */
  readonly mayBeAccepted?: true;
}

/** Of an ARN; undefined for what is none, such as a bare name. */
export const regionOf = (arn: string | undefined): string | undefined => arn?.split(':')[3];

export type Fix = string | number | boolean | readonly string[] | { readonly line: string };
