import type { TierName } from '../../lib/tiers/tier';

interface DeployLine {
  readonly tier: TierName;
  readonly store?: string | undefined;
  /** `small:medium`, where the store pins another size. */
  readonly changeTier?: string | undefined;
  readonly yes?: boolean;
  readonly cdkOptions?: readonly string[];
}

/** `npm run deploy -- --tier medium` */
export function deployLine({ tier, store, changeTier, yes = false, cdkOptions = [] }: DeployLine): string {
  const options = [
    ...(store === undefined ? [] : ['--store', store]),
    ...(changeTier === undefined ? [] : ['--change-tier', changeTier]),
    ...(yes ? ['--yes'] : []),
    ...(cdkOptions.length === 0 ? [] : ['--', ...cdkOptions]),
  ];
  return commandLine(['npm', 'run', 'deploy', '--', '--tier', tier, ...options]);
}

/** A line that a shell reads as these words. */
export function commandLine(args: readonly string[]): string {
  return args.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
