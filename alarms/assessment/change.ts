import { overrideLines } from '../../lib/tiers/overrides';
import type { TierName, TierParts } from '../../lib/tiers/tier';

/** What somebody changes to follow a recommendation: the size, settings of the store in cdk.json, or both. */
export interface Change {
  readonly tier?: TierName;
  readonly settings?: Settings;
}

/** Overrides of the size, as the store's settings take them. */
export type Settings = { readonly [P in keyof TierParts]?: Partial<TierParts[P]> };

/** Lines to paste: the option of the command line, then a setting each. */
export function linesOf({ tier, settings = {} }: Change): readonly string[] {
  return [...(tier ? [`--context tier=${tier}`] : []), ...overrideLines(settings)];
}
