import type { ParsedOptions } from './command';
import type { Target } from './target';

/** Arguments of the CDK that deploy what was compared. @param first whether it is the store's first deployment */
export function cdkArguments(
  { config, changeTier }: Target,
  { store, yes, cdkOptions }: ParsedOptions,
  { first }: { readonly first: boolean },
): string[] {
  const has = (option: RegExp) => cdkOptions.some((one) => option.test(one));
  const context = [
    `tier=${config.tier}`,
    store !== undefined && `store=${store}`,
    changeTier !== undefined && `changeTier=${changeTier}`,
  ];
  return [
    'deploy',
    ...context.flatMap((pair) => (pair === false ? [] : ['--context', pair])),
    // A rollback would stop at the database and the load balancer, which are protected from deletion.
    ...(first && !has(/^(--(no-)?rollback|-R)\b/) ? ['--no-rollback'] : []),
    ...(yes && !has(/^--require-approval\b/) ? ['--require-approval', 'never'] : []),
    ...cdkOptions,
  ];
}

/** A line that a shell reads as these words. */
export function commandLine(args: readonly string[]): string {
  return args.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
