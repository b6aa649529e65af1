import type { foundationStage } from '../../lib/config/choose-store';
import type { ParsedOptions } from './command';
import type { Target } from './target';

/** Arguments of the CDK for the compared template, or for its first stage. */
export function cdkArguments(
  { config, changeTier }: Target,
  { store, yes, cdkOptions }: ParsedOptions,
  { stage }: { readonly stage?: typeof foundationStage } = {},
): string[] {
  const has = (option: RegExp) => cdkOptions.some((one) => option.test(one));
  const context = Object.entries({ tier: config.tier, store, changeTier, stage });
  return [
    'deploy',
    ...context.flatMap(([key, value]) => (value === undefined ? [] : ['--context', `${key}=${value}`])),
    // A rollback of the first stage would stop at the database and the load balancer, which are protected from deletion.
    ...(stage && !has(/^(--(no-)?rollback|-R)\b/) ? ['--no-rollback'] : []),
    ...(yes && !has(/^--require-approval\b/) ? ['--require-approval', 'never'] : []),
    ...cdkOptions,
  ];
}
