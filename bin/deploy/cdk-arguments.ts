import type { ParsedOptions } from './command';
import type { Target } from './target';

/** Arguments of the CDK for the compared template. @param first whether it is the store's first deployment */
export function cdkArguments(
  { config, changeTier }: Target,
  { store, yes, cdkOptions }: ParsedOptions,
  { first }: { readonly first: boolean },
): string[] {
  const has = (option: RegExp) => cdkOptions.some((one) => option.test(one));
  const context = Object.entries({ tier: config.tier, store, changeTier });
  return [
    'deploy',
    ...context.flatMap(([key, value]) => (value === undefined ? [] : ['--context', `${key}=${value}`])),
    // A rollback would stop at the database and the load balancer, which are protected from deletion.
    ...(first && !has(/^(--(no-)?rollback|-R)\b/) ? ['--no-rollback'] : []),
    ...(yes && !has(/^--require-approval\b/) ? ['--require-approval', 'never'] : []),
    ...cdkOptions,
  ];
}
