import { enterprise } from './enterprise';
import { large } from './large';
import { medium } from './medium';
import { small } from './small';
import type { Tier, TierName } from './tier';

/** The four sizes by name, smallest first. */
export const tiers: Readonly<Record<TierName, Tier>> = { small, medium, large, enterprise };
