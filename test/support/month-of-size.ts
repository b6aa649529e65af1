import { Template } from '../../lib/template/template';
import type { TierName } from '../../lib/tiers/tier';
import { tiers } from '../../lib/tiers/tiers';
import { monthOf } from '../../lib/usage/month';
import type { MonthlyUsage } from '../../lib/usage/monthly-usage';
import { reviewedTemplate } from './reviewed-templates';

/** The month of a size as it is. */
export const monthOfSize = (tier: TierName): MonthlyUsage => monthOf(new Template(reviewedTemplate(tier)), tiers[tier]).usage;
