import { type Command, Option } from 'commander';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { newCommand } from '../command';
import type { DeployIo } from './io';
import { type PassthroughOptions, passthroughOptions } from './passthrough-options';

interface Options {
  readonly tier?: TierName;
  readonly store?: string;
  /** `small:medium`: the size that the store pins, and the new one. */
  readonly changeTier?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

export interface ParsedOptions extends Options, PassthroughOptions {}

const notes = `
Examples:
  npm run deploy -- --tier medium                         compares, asks for the store's name, deploys
  npm run deploy -- --tier medium --dry-run               only the report
  npm run deploy -- --store staging --tier small --yes    in a pipeline
  npm run deploy -- --tier medium -- --verbose            options after the second -- are passed to cdk deploy

Exits with the code of cdk deploy. Without a deployment: 1 if nothing could be compared, 2 if it was not confirmed,
3 if the change is blocked, or a rollback that failed has to be continued first.
With --dry-run: 0 safe, 2 safe with downtime or slower for hours, 3 blocked, 4 not judged.
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
  return newCommand('npm run deploy --', io)
    .usage('[options] [-- options of cdk deploy]')
    .description(
      'Deploys a store: compares it with what is deployed, shows replacements, downtime and cost of the change, and asks before a change of size.',
    )
    .addOption(new Option('--tier <size>', 'the size (default: the size that the store pins)').choices(tierNames))
    .option('--store <name>', 'the store of cdk.json, if it has several')
    .option('--change-tier <pinned:size>', 'with --yes, if the store pins another size')
    .option('--yes', 'do not ask, for pipelines; the CDK does not ask before a change of permissions either')
    .option('--dry-run', 'only the report; deploys nothing')
    .addHelpText('after', notes);
}
