import type { DeployedStack, NoStack } from '../../lib/deployed/read-stack';
import { type Cost, usd } from '../../lib/review/text/money';
import type { Target } from './target';

/** With account and region: a wrong account is noticed here or not at all. */
export function deployedHeading({ name, account, tier }: DeployedStack, { config }: Target, notes: readonly string[]): string {
  const place = [name, config.region, ...(account === undefined ? [] : [`account ${account}`])].join(' · ');
  const size = tier === undefined ? 'size unknown: no output Tier' : `${tier} is deployed`;
  return `${[`${place} · ${size}`, ...notes.map((note) => `! ${note}`)].join('\n')}\n\n`;
}

export function firstHeading({ kind }: NoStack, { stack, config }: Target, cost: Cost | undefined, line: string): string {
  const found = {
    absent: `${stack} does not exist in ${config.region} of this account yet: this is its first deployment`,
    unfinished: `The first deployment of ${stack} in ${config.region} stopped partway: this deployment continues it`,
  }[kind];
  const price = cost === undefined ? 'cost not counted' : `${usd(cost.usdPerMonth)} USD a month with the size's assumed usage`;
  return [
    `${found}, as ${config.tier} · ${price}`,
    ...(line.includes('--no-rollback')
      ? ['With --no-rollback, created resources are kept if something fails, and the next deployment continues from there.']
      : []),
    '',
    `Deploy  ${line}`,
    '',
    '',
  ].join('\n');
}
