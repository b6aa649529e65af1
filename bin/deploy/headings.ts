import type { DeployedStack, NoStack } from '../../lib/deployed/read-stack';
import { type Cost, usd } from '../../lib/review/text/money';
import type { Target } from './target';

/** With account and region: a wrong account is noticed here or not at all. */
export function deployedHeading({ name, account, tier }: DeployedStack, { config }: Target, notes: readonly string[]): string {
  const place = [name, config.region, ...(account === undefined ? [] : [`account ${account}`])].join(' · ');
  const size = tier === undefined ? 'size unknown: no output Tier' : `${tier} is deployed`;
  return `${[`${place} · ${size}`, ...notes.map((note) => `! ${note}`)].join('\n')}\n\n`;
}

interface FirstDeployment {
  /** undefined: not counted. */
  readonly cost: Cost | undefined;
  /** The command. */
  readonly line: string;
  /** ARN of the key of the snapshot that the database is created from. */
  readonly snapshotKey: string | undefined;
}

export function firstHeading({ kind }: NoStack, { stack, config }: Target, first: FirstDeployment): string {
  const { cost, line, snapshotKey } = first;
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
    ...(snapshotKey === undefined
      ? []
      : [
          `! The database keeps its snapshot's key, ${snapshotKey}: without it the data is lost. Do not delete it while this store runs.`,
        ]),
    '',
    `Deploy  ${line}`,
    '',
    '',
  ].join('\n');
}
