import { CommanderError } from 'commander';
import { ConfigError } from '../lib/config/config-error';
import { createDeployedClients, type DeployedClients } from '../lib/deployed/clients';
import { DeployedError } from '../lib/deployed/deployed-error';
import { type DeployedStack, readStack } from '../lib/deployed/read-stack';
import { changeText } from '../lib/review/output/terminal/change-text';
import { synthesize } from '../lib/synthesize';
import type { CloudFormationTemplate } from '../lib/template/template';
import { cdkContext } from './cdk-context';
import { askAtTerminal } from './deploy/ask-at-terminal';
import { cdkArguments } from './deploy/cdk-arguments';
import { type ParsedOptions, readCommand } from './deploy/command';
import { compare } from './deploy/compare';
import { isConfirmed } from './deploy/confirmation';
import { monthlyCost } from './deploy/costs';
import { commandLine } from './deploy/deploy-line';
import { deployedHeading, firstHeading } from './deploy/headings';
import type { DeployIo } from './deploy/io';
import { runCdk } from './deploy/run-cdk';
import { type Target, targetOf } from './deploy/target';
import { progressOf } from './progress';
import { changeCodes } from './review/changes';
import { terminal } from './terminal';

/** Of a run that deploys nothing; a deployment has the CDK's own code. */
const exitCodes = { reported: 0, failed: 1, notConfirmed: 2, blocked: 3 } as const;

/** Compares a store with what is deployed, asks where needed, and deploys. @returns the exit code; `--help` lists them */
export async function main(argv: readonly string[], io: DeployIo): Promise<number> {
  const progress = progressOf(io);
  try {
    const options = readCommand(argv, io);
    const run = await prepare(options, io, progress);
    const code = await judge(run, io, progress);
    return code ?? (await io.cdk(run.cdk));
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode; // commander has written it
    if (!(error instanceof ConfigError || error instanceof DeployedError)) throw error;
    io.writeError(`${error.message}\n`);
    return exitCodes.failed;
  } finally {
    progress.end();
  }
}

/** Shown on standard error once a step takes long; ended before anything else is written. */
type Progress = ReturnType<typeof progressOf>;

interface Run {
  readonly options: ParsedOptions;
  readonly target: Target;
  readonly clients: DeployedClients;
  readonly stack: Awaited<ReturnType<typeof readStack>>;
  readonly template: CloudFormationTemplate;
  /** Arguments of the CDK. */
  readonly cdk: readonly string[];
}

async function prepare(options: ParsedOptions, io: DeployIo, progress: Progress): Promise<Run> {
  const target = targetOf(options, io);
  const { name, region, tier } = target.config;
  const clients = io.clients(region);
  progress.step(`Reading ${target.stack} in ${region}`);
  const stack = await readStack(clients.cloudFormation, { region, stack: target.stack });
  progress.step(`Synthesising ${name} as ${tier}`);
  const template = io.synthesize(target.config);
  return { options, target, clients, stack, template, cdk: cdkArguments(target, options, { first: stack.kind !== 'deployed' }) };
}

/** Writes the report. @returns the exit code where nothing is to be deployed */
async function judge(run: Run, io: DeployIo, progress: Progress): Promise<number | undefined> {
  const { options, stack, target, template, cdk } = run;
  if (stack.kind === 'deployed') return judgeChange({ ...run, stack }, io, progress);
  const cost = monthlyCost(template, target.config.region, target.config.tier);
  progress.end();
  io.write(firstHeading(stack, target, cost, lineOf(cdk)));
  return options.dryRun ? exitCodes.reported : undefined;
}

async function judgeChange(
  { options, stack, target, template, clients, cdk }: Run & { readonly stack: DeployedStack },
  io: DeployIo,
  progress: Progress,
): Promise<number | undefined> {
  progress.step('Reading the databases and comparing');
  const deploy = lineOf(cdk);
  const { change, notes } = await compare(clients, { stack, target, template, deploy, now: io.now() });
  progress.end();
  io.write(deployedHeading(stack, target, notes) + changeText(change, io));
  if (options.dryRun) return changeCodes[change.verdict];
  if (change.verdict === 'blocked') {
    io.writeError('Blocked: nothing was deployed.\n');
    return exitCodes.blocked;
  }
  return (await isConfirmed({ deployed: stack.tier, target, change, options }, io)) ? undefined : exitCodes.notConfirmed;
}

const lineOf = (cdk: readonly string[]): string => commandLine(['npx', 'cdk', ...cdk]);

if (require.main === module) {
  const environment = { ...process.env }; // before a synthesis turns AWS's validation off, which the deployment needs
  void main(process.argv.slice(2), {
    ...terminal(),
    now: () => new Date(),
    progressDelayMs: 2_000,
    context: cdkContext,
    synthesize,
    clients: (region) => createDeployedClients({ region }),
    ask: process.stdin.isTTY && process.stderr.isTTY ? askAtTerminal : undefined,
    cdk: (argv) => runCdk(argv, { environment }),
  }).then((code) => {
    process.exitCode = code;
  });
}
