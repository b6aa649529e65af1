import { Command, Option } from 'commander';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import type { DeployIo } from './io';
import { type HandedOn, passthroughOptions } from './passthrough-options';

interface Options {
  readonly tier?: TierName;
  readonly store?: string;
  /** `small:medium`: the size that the store pins, and the one that is asked for. */
  readonly changeTier?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

export interface ParsedOptions extends Options, HandedOn {}

const notes = `
Examples:
  npm run deploy -- --tier medium                     compares, asks for the store's name, deploys
  npm run deploy -- --tier medium --dry-run           the report alone
  npm run deploy -- --store staging --tier small --yes         in a pipeline
  npm run deploy -- --tier medium -- --verbose        options after the second -- go to cdk deploy

Exits as cdk deploy does. Before it: 1 where nothing could be compared, 2 where nobody agreed, 3 where the change is blocked.
With --dry-run: 0 safe, 2 safe with interruption, 3 blocked.
`;

/** @throws CommanderError, which commander has written */
export function readCommand(argv: readonly string[], io: DeployIo): ParsedOptions {
  const split = argv.indexOf('--');
  const [own, others] = split < 0 ? [argv, []] : [argv.slice(0, split), argv.slice(split + 1)];
  const command = deployCommand(io);
  const options = command.parse(own, { from: 'user' }).opts<Options>();
  const further = passthroughOptions(others);
  if ('problem' in further) return command.error(`error: ${further.problem}`);
  return { ...options, ...further };
}

function deployCommand(io: DeployIo): Command {
  return new Command('npm run deploy --')
    .usage('[options] [-- options of cdk deploy]')
    .description(
      'Deploys a store: compares with what is deployed, shows what the change replaces, interrupts and costs, and asks before a change of size.',
    )
    .addOption(new Option('--tier <size>', 'the size (default: the one that the store pins)').choices(tierNames))
    .option('--store <name>', 'which store of cdk.json, where it has several')
    .option('--change-tier <pinned:size>', 'with --yes, for a store that pins another size')
    .option('--yes', 'ask nobody, for pipelines; also lets the CDK change rights unasked')
    .option('--dry-run', 'the report alone; deploys nothing')
    .addHelpText('after', notes)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: io.write, writeErr: io.writeError });
}
