import { ConfigError } from '../lib/config/config-error';
import { DeployedError } from '../lib/deployed/deployed-error';
import { readStack } from '../lib/deployed/read-stack';
import { PreflightError } from '../lib/preflight/preflight-error';
import { changeText } from '../lib/review/output/terminal/change-text';
import { exitCodeOf } from './command';
import { askAtTerminal } from './deploy/ask-at-terminal';
import { cdkArguments } from './deploy/cdk-arguments';
import { type ParsedOptions, readCommand } from './deploy/command';
import { compare } from './deploy/compare';
import { isConfirmed } from './deploy/confirmation';
import { credentialsNotes } from './deploy/credentials';
import { commandLine } from './deploy/deploy-line';
import { exitCodes } from './deploy/exit-codes';
import { firstDeployment } from './deploy/first-deployment';
import { deployedHeading } from './deploy/headings';
import type { DeployIo } from './deploy/io';
import { processIo } from './deploy/process-io';
import { runWatched } from './deploy/run-watched';
import { targetOf } from './deploy/target';
import { progressOf } from './progress';
import { changeCodes } from './review/changes';

/** Compares a store with what is deployed, asks where needed, and deploys. @returns the exit code; `--help` lists them */
export async function main(argv: readonly string[], io: DeployIo): Promise<number> {
  const progress = progressOf(io);
  const run = () => deploy(readCommand(argv, io), io, progress);
  return exitCodeOf(run, io, ConfigError, DeployedError, PreflightError).finally(progress.end);
}

/** @param progress shown on standard error once a step takes long; ended before anything else is written */
async function deploy(options: ParsedOptions, io: DeployIo, progress: ReturnType<typeof progressOf>): Promise<number> {
  const target = targetOf(options, io);
  const { name, region, tier } = target.config;
  const clients = io.clients(region);
  progress.step(`Reading ${target.stack} in ${region}`);
  const stack = await readStack(clients.cloudFormation, { region, stack: target.stack });
  if (stack.kind !== 'deployed') return firstDeployment(stack, { target, options, clients, io, progress });
  progress.step(`Synthesising ${name} as ${tier}`);
  const template = io.synthesize(target.config);
  const cdk = cdkArguments(target, options);
  const line = commandLine(['npx', 'cdk', ...cdk]);
  progress.step('Reading the databases and comparing');
  const { change, notes } = await compare(clients, { stack, target, template, deploy: line, now: io.now() });
  const ending = await credentialsNotes(clients, change.waits.length > 0 ? 'hours' : 'change', io.now());
  progress.end();
  io.write(deployedHeading(stack, target, [...notes, ...ending]) + changeText(change, io));
  if (stack.rollbackFailed !== undefined) {
    io.writeError(`${stack.rollbackFailed}\nThen run the same command again. Nothing was deployed.\n`);
    return exitCodes.blocked;
  }
  if (options.dryRun) return changeCodes[change.verdict];
  if (change.verdict === 'blocked') {
    io.writeError('Blocked: nothing was deployed.\n');
    return exitCodes.blocked;
  }
  const confirmed = await isConfirmed({ deployed: stack.tier, target, change, options }, io);
  return confirmed ? runWatched(cdk, { target, clients, io }) : exitCodes.notConfirmed;
}

if (require.main === module) {
  void main(process.argv.slice(2), {
    ...processIo(),
    ask: process.stdin.isTTY && process.stderr.isTTY ? askAtTerminal : undefined,
  }).then((code) => (process.exitCode = code));
}
