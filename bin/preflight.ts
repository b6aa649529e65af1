import { type Command, Option } from 'commander';
import { ConfigError } from '../lib/config/config-error';
import { askAws } from '../lib/preflight/ask-aws';
import { verdictOf } from '../lib/preflight/check';
import { PreflightError } from '../lib/preflight/preflight-error';
import { synthesize } from '../lib/synthesize';
import { type TierName, tierNames } from '../lib/tiers/tier';
import { cdkContext } from './cdk-context';
import { exitCodeOf, newCommand } from './command';
import type { DeployIo } from './deploy/io';
import { targetOf } from './deploy/target';
import { preflightText } from './preflight/text';
import { progressOf } from './progress';
import { terminal } from './terminal';

/** 1 where the settings are wrong, or nothing could be asked. */
const exitCodes = { holds: 0, fails: 3, 'not known': 4 } as const;

interface Options {
  readonly tier?: TierName;
  readonly store?: string;
  readonly offline: boolean;
}

export type PreflightIo = Omit<DeployIo, 'clients' | 'ask' | 'cdk'>;

/** Asks AWS what a deployment needs, and writes a line for each. @returns the exit code; `--help` lists them */
export async function main(argv: readonly string[], io: PreflightIo): Promise<number> {
  const progress = progressOf(io);
  const run = async () => {
    const options = preflightCommand(io).parse(argv, { from: 'user' }).opts<Options>();
    const { offline, ...named } = options;
    const { config } = targetOf({ ...named, cdkOptions: [], context: {} }, io);
    const { name, region, tier } = config;
    progress.step(`Synthesising ${name} as ${tier}`);
    const template = io.synthesize(config);
    if (!offline) progress.step(`Asking AWS in ${region}`);
    const rows = await io.preflight({ config, template, now: io.now(), offline });
    progress.end();
    io.write(preflightText({ name, region, tier, offline }, rows, io));
    return exitCodes[verdictOf(rows)];
  };
  return exitCodeOf(run, io, ConfigError, PreflightError).finally(progress.end);
}

function preflightCommand(io: PreflightIo): Command {
  return newCommand('npm run preflight --', io)
    .description('Asks AWS whether the account has what a deployment of the store needs. Reads only, and builds nothing.')
    .addOption(new Option('--tier <size>', 'the size (default: the size that the store pins)').choices(tierNames))
    .option('--store <name>', 'the store of cdk.json, if it has several')
    .option('--offline', 'ask nothing of AWS: compare with its default quotas, and list what is left to ask', false)
    .addHelpText(
      'after',
      '\nExits with 0 if everything holds, 1 if the settings are wrong or there are no credentials, 3 if something fails, 4 if something is not known.',
    );
}

if (require.main === module) {
  void main(process.argv.slice(2), {
    ...terminal(),
    now: () => new Date(),
    context: cdkContext,
    synthesize,
    preflight: askAws,
  }).then((code) => (process.exitCode = code));
}
