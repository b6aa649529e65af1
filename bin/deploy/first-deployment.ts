import { foundationStage } from '../../lib/config/choose-store';
import type { DeployedClients } from '../../lib/deployed/clients';
import { type OtherRegions, otherRegions } from '../../lib/deployed/other-regions';
import type { NoStack } from '../../lib/deployed/read-stack';
import { stopsDeployment } from '../../lib/preflight/check';
import { blockLines } from '../../lib/review/output/terminal/change-text';
import { colorizer } from '../../lib/review/output/terminal/colorize';
import { monthlyCost } from '../monthly-cost';
import { rowLines } from '../preflight/text';
import type { progressOf } from '../progress';
import { cdkArguments } from './cdk-arguments';
import type { ParsedOptions } from './command';
import { credentialsNotes } from './credentials';
import { commandLine } from './deploy-line';
import { exitCodes } from './exit-codes';
import { firstHeading, otherRegionText } from './headings';
import type { DeployIo } from './io';
import { lastAttempt } from './last-attempt';
import { runWatched } from './run-watched';
import type { Target } from './target';

interface Run {
  readonly target: Target;
  readonly options: ParsedOptions;
  readonly clients: DeployedClients;
  readonly io: DeployIo;
  readonly progress: ReturnType<typeof progressOf>;
}

/**
 * Two deployments of one stack: everything but the tasks, which cannot be rolled back, since the database and the load balancer are
 * protected; then the tasks, which can. docs/decisions/28-a-first-deployment-in-two-stages.md
 * @returns the exit code
 */
export async function firstDeployment(stack: NoStack, { target, options, clients, io, progress }: Run): Promise<number> {
  const { name, region, tier } = target.config;
  progress.step(`Looking for ${target.stack} in other regions`);
  const others = await elsewhere(stack, target, io);
  if (others.found.length > 0) {
    progress.end();
    io.writeError(otherRegionText(target, others.found));
    return exitCodes.blocked;
  }
  progress.step(`Synthesising ${name} as ${tier}`);
  const template = io.synthesize(target.config);
  progress.step(`Asking AWS in ${region} what the account has`);
  const rows = await io.preflight({ config: target.config, template, now: io.now() });
  progress.step('Reading what the last attempt has left');
  const { failures, blocks } = await lastAttempt(clients, stack, target, template);
  const stages = [cdkArguments(target, options, { stage: foundationStage }), cdkArguments(target, options)];
  const lines = stages.map((stage) => commandLine(['npx', 'cdk', ...stage]));
  const cost = monthlyCost(template, region, tier);
  const ending = await credentialsNotes(clients, 'first', io.now());
  progress.end();
  const colorize = colorizer(io.colour);
  const blocked = blocks.length > 0 || stopsDeployment(rows);
  io.write(
    firstHeading(stack, target, {
      cost,
      lines: blocked ? [] : lines,
      failures,
      notes: ending,
      unknownRegions: others.unknown,
      preflight: rowLines(rows, colorize),
    }),
  );
  if (blocked) {
    io.write(`${[...blockLines(blocks, colorize).slice(1), ''].join('\n')}\n`);
    if (!options.dryRun) io.writeError('Blocked: nothing was deployed.\n');
    return exitCodes.blocked;
  }
  if (options.dryRun) return exitCodes.reported;
  for (const stage of stages) {
    const code = await runWatched(stage, { target, clients, io });
    if (code !== 0) return code;
  }
  return 0;
}

/** A deployment that stopped partway is found where it is. */
async function elsewhere({ kind }: NoStack, { config: { region }, stack }: Target, io: DeployIo): Promise<OtherRegions> {
  if (kind !== 'absent') return { found: [], unknown: [] };
  return otherRegions((other) => io.clients(other).cloudFormation, { region, stack });
}
