import { type QuotaName, quotaNames, quotas } from '../../facts/quotas';
import type { Template } from '../../template/template';
import type { MonthlyUsage } from '../../usage/monthly-usage';
import { type AssumptionValues, assumptionValue } from '../capacity/assumptions';
import { figure } from '../text/money';
import { type Amounts, amountsOf } from './amounts';

/** What a store uses of a quota of its account. */
export interface QuotaUse extends Omit<Amounts, 'step'> {
  readonly name: QuotaName;
  readonly title: string;
  /** AWS's default, or what the caller says. */
  readonly quota: number;
  /** Set with --assume. */
  readonly overridden: boolean;
  readonly verdict: QuotaVerdict;
  /** Values that only AWS knows and that the amounts need: `MinCapacity of ApiScaling`; empty unless the verdict is `not known`. */
  readonly unknown: readonly string[];
  /** Asks AWS for enough, also while a deployment runs at the maximum. */
  readonly request: string;
}

/**
 * `holds`: always enough; `slows deployments`: old and new tasks at the maximum do not fit; `delays the peak`: the busiest hour has to
 * wait; `stops scaling`: the maximum is never reached; `stops deployments`: no new task can start beside the minimum; `too small`: the
 * minimum is never reached; `not known`: the template has values that only AWS knows.
 */
export type QuotaVerdict =
  | 'holds'
  | 'slows deployments'
  | 'delays the peak'
  | 'stops scaling'
  | 'stops deployments'
  | 'too small'
  | 'not known';

/** What a quota does to a store. */
export const quotaVerdicts: Readonly<Record<QuotaVerdict, string>> = {
  holds: 'always suffices',
  'slows deployments': 'slows deployments at the maximum',
  'delays the peak': 'delays what the busiest hour brings',
  'stops scaling': 'stops scaling before the maximum',
  'stops deployments': 'leaves no room for a deployment',
  'too small': 'is below the minimum',
  'not known': 'cannot be compared',
};

/**
 * Of each quota that the store uses.
 * @param assume `fargateVcpuQuota` and the like. @default - AWS's defaults
 * @param usage of the size's assumed month. @default - quotas of e-mail, which depend on it, are left out
 */
export function quotaUses(template: Template, assume: AssumptionValues = {}, usage?: MonthlyUsage): readonly QuotaUse[] {
  const month = usage && { usage, peakFactor: assumptionValue('peakFactor', assume, usage) };
  return quotaNames.flatMap((name) => {
    const { result, unknown } = amountsOf(name, template, month);
    const missing = unknown.map(({ resource, property }) => `${property} of ${resource}`);
    return result ? [use(name, result, missing, assume)] : [];
  });
}

function use(name: QuotaName, { step, ...amounts }: Amounts, unknown: readonly string[], assume: AssumptionValues): QuotaUse {
  const { title, default: usual } = quotas[name];
  const own = assume[`${name}Quota`];
  const quota = own ?? usual;
  return {
    name,
    title,
    quota,
    overridden: own !== undefined,
    ...amounts,
    verdict: unknown.length > 0 ? 'not known' : verdictOf(quota, amounts, step),
    unknown,
    request: requestFor(name, Math.ceil(amounts.deploying)),
  };
}

/** How to ask AWS for as much as `desired` in all. */
export function requestFor(name: QuotaName, desired: number): string {
  const { request, serviceCode, quotaCode } = quotas[name];
  return (
    request ??
    `aws service-quotas request-service-quota-increase --service-code ${serviceCode} --quota-code ${quotaCode} --desired-value ${desired}`
  );
}

function verdictOf(quota: number, { least, most, deploying }: Omit<Amounts, 'step'>, step: number): QuotaVerdict {
  if (quota < least) return 'too small';
  if (quota < least + step) return 'stops deployments';
  if (quota < most) return step > 0 ? 'stops scaling' : 'delays the peak';
  return quota < deploying ? 'slows deployments' : 'holds';
}

/** `6 at the minimum, 23.6 at the maximum, 47.2 while that is deployed` */
export function formatUse({ name, least, most, deploying, unknown }: QuotaUse): string {
  if (unknown.length > 0) return `depends on values that only AWS knows: ${unknown.join(', ')}`;
  if (name === 'emailsPerSecond') return `${figure(least, 4)} on average, ${figure(most, 4)} in the busiest hour`;
  if (deploying === least) return figure(least);
  return `${figure(least)} at the minimum, ${figure(most)} at the maximum, ${figure(deploying)} while that is deployed`;
}

/** `AWS’s default of 6`, `10, set with --assume` */
export function formatQuota({ quota, overridden }: Pick<QuotaUse, 'quota' | 'overridden'>): string {
  return overridden ? `${figure(quota)}, set with --assume` : `AWS’s default of ${figure(quota)}`;
}
