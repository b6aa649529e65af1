import { type Failure, formatFailure } from '../../lib/deployed/failures';
import type { DeployedStack, NoStack } from '../../lib/deployed/read-stack';
import { changeFacts } from '../../lib/facts/changes';
import { formatList } from '../../lib/review/change/format';
import { regionChanges } from '../../lib/review/change/rules/regions';
import { type Cost, usd } from '../../lib/review/text/money';
import type { Target } from './target';

const { deploymentMinutes, rehearsedSeconds } = changeFacts;

/** With account and region: a wrong account is noticed here or not at all. */
export function deployedHeading(stack: DeployedStack, { config }: Target, notes: readonly string[]): string {
  const { name, account, tier, rollbackFailed } = stack;
  const place = [name, config.region, ...(account === undefined ? [] : [`account ${account}`])].join(' · ');
  const verb = rollbackFailed === undefined ? 'is deployed' : 'is what its failed rollback returns to';
  const size = tier === undefined ? 'size unknown: no output Tier' : `${tier} ${verb}`;
  const all = rollbackFailed === undefined ? notes : [rolledBackFirst, ...notes];
  return `${[`${place} · ${size}`, ...all.map((note) => `! ${note}`)].join('\n')}\n\n`;
}

const rolledBackFirst =
  'Compared with the template that CloudFormation gives now, taken for that before the deployment that failed (docs/unproven.md). ' +
  'It holds once the rollback is complete, if it skips nothing';

interface FirstDeployment {
  /** undefined: not counted. */
  readonly cost: Cost | undefined;
  /** The commands, a stage each; none where it is blocked. */
  readonly lines: readonly string[];
  readonly failures: readonly Failure[];
  readonly notes: readonly string[];
  /** Regions that do not say whether they have the store. */
  readonly unknownRegions: readonly string[];
  /** What the account has, laid out. */
  readonly preflight: readonly string[];
}

export function firstHeading({ kind }: NoStack, { stack, config }: Target, first: FirstDeployment): string {
  const { cost, lines, failures, notes, preflight, unknownRegions } = first;
  const found = {
    absent: `${stack} does not exist in ${config.region} of this account yet: this is its first deployment`,
    unfinished: `The first deployment of ${stack} in ${config.region} stopped partway${lines.length > 0 ? ': this deployment continues it' : ''}`,
  }[kind];
  const price = cost === undefined ? 'cost not counted' : `${usd(cost.usdPerMonth)} USD a month with the size's assumed usage`;
  return [
    `${found}, as ${config.tier} · ${price}`,
    ...failures.map(formatFailure),
    ...notes.map((note) => `! ${note}`),
    ...(unknownRegions.length > 0
      ? [`! Not known whether ${stack} is in another region: ${formatList(unknownRegions)} did not answer or refused`]
      : []),
    ...(lines.length > 0
      ? [
          'First everything but the tasks, then the tasks. If something fails, correct it and run the same command: it continues.',
          `Rehearsed against an emulator that creates at once, they took ${rehearsedSeconds.foundation} and ${rehearsedSeconds.tasks} s; here expect up to ${deploymentMinutes.first} min (assumed).`,
        ]
      : []),
    '',
    ...preflight,
    '',
    ...lines.map((line, index) => `${index === 0 ? 'Deploy' : '      '}  ${line}`),
    '',
    '',
  ].join('\n');
}

/** The setting `region` was changed, and the store stays where it is. */
export function otherRegionText({ stack, config: { region } }: Target, found: readonly string[]): string {
  const { text, block } = regionChanges(found[0] ?? '', region);
  const reason = `${stack} is in ${formatList(found)}. ${text}`;
  return `${[`Blocked: nothing was deployed. ${reason}`, ...(block?.workaround ?? []).map((line) => `→ ${line}`)].join('\n')}\n`;
}
