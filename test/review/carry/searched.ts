import { ConfigError } from '../../../lib/config/config-error';
import type { Candidate } from '../../../lib/review/carry/choice';
import { askedOf, sameMonth } from '../../../lib/review/carry/demand';
import { examine, type Question, searchedSize } from '../../../lib/review/carry/examine';
import { SizeSearch } from '../../../lib/review/carry/size-search';
import type { TierName } from '../../../lib/tiers/tier';
import type { GivenUsage } from '../../../lib/usage/monthly-usage';
import { reviewedTemplate } from '../../support/reviewed-templates';
import { storeConfig, templateOf } from '../../support/stores';

export const questionOf = (demand: GivenUsage): Question => ({
  given: sameMonth(demand),
  asked: askedOf(demand),
  assume: {},
});

/** A size as the command searches it. */
export function searchOf(tier: TierName, question: Question, fixed: readonly string[] = []): SizeSearch {
  const store = { config: storeConfig(tier), template: reviewedTemplate(tier) };
  const search = searchedSize(store, question, { fixed: new Set(fixed), allows: (settings) => isAllowed(tier, settings) });
  if (!(search instanceof SizeSearch)) throw new Error(search);
  return search;
}

function isAllowed(tier: TierName, settings: Candidate['settings']): boolean {
  try {
    storeConfig(tier, settings);
    return true;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

/** What the template of its settings says, which is synthesised for it. */
export function lookAt({ tier, settings }: Candidate, question: Question) {
  const examined = examine({ config: storeConfig(tier, settings), template: templateOf(tier, settings) }, question);
  if (!examined) throw new Error(`${tier} has no price`);
  return examined;
}
