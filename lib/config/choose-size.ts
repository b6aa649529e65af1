import { type TierName, tierNames } from '../tiers/tier';
import { tiers } from '../tiers/tiers';
import type { Context } from './choose-store';
import { closestMatch } from './closest-match';
import type { Problem } from './config-error';
import { formatLiteral } from './format-literal';

/**
 * The size on the command line, or the one that the store pins in cdk.json. There is no default, and a pinned size gives
 * way only to `--context changeTier=<pinned>:<asked>`: a forgotten flag must not shrink a store.
 */
export function chooseSize(
  { tier: asked, changeTier }: Context,
  pinned: TierName | undefined,
  problems: Problem[],
): TierName | undefined {
  const report = (path: string, got: string, allowed: string, fix: readonly string[]): undefined => {
    problems.push({ rule: 'size', path, got, allowed, fix });
    return undefined;
  };
  const size = asked === undefined ? pinned : tierNames.find((name) => name === asked);
  if (size === undefined) {
    if (asked === undefined) return report('tier', 'is not given', 'choose one', choices());
    const meant = typeof asked === 'string' ? closestMatch(asked, tierNames) : undefined;
    return report('tier', `is ${formatLiteral(asked)}`, meant ? `did you mean ${meant}?` : 'there is no such size', choices());
  }
  const change = pinned !== undefined && pinned !== size ? `${pinned}:${size}` : undefined;
  if (change === undefined && changeTier !== undefined) {
    report(
      'changeTier',
      `is ${formatLiteral(changeTier)}`,
      `the size does not change: ${pinned ? `${size} is pinned and requested` : 'cdk.json pins no size'}`,
      ['leave it out'],
    );
  } else if (change !== changeTier) {
    const got = changeTier === undefined ? 'is not given' : `is ${formatLiteral(changeTier)}`;
    report('changeTier', got, `the store is pinned to ${pinned} and ${size} is requested; confirm the change`, [
      `--context tier=${size} --context changeTier=${change}`,
      `npx cdk diff --context tier=${size} --context changeTier=${change} shows what the change replaces`,
    ]);
  }
  return size;
}

function choices(): readonly string[] {
  return tierNames.map((name) => {
    const { serves, budget } = tiers[name];
    const figures = `${withCommas(serves.ordersPerMonth)} orders a month, ${serves.users} users, up to ${withCommas(budget.usdPerMonth)} USD`;
    return `${`--context tier=${name}`.padEnd(27)}${figures}`;
  });
}

/** Without Intl, whose first use costs every synthesis 10 ms. */
function withCommas(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
