import type { ChangeReview } from '../../lib/review/change/types';
import { commandLine } from './cdk-arguments';
import type { ParsedOptions } from './command';
import type { DeployIo } from './io';
import type { Target } from './target';

interface Question {
  /** Size by the deployed stack; undefined where it does not tell. */
  readonly deployed: string | undefined;
  readonly target: Target;
  readonly change: ChangeReview;
  readonly options: ParsedOptions;
}

/**
 * Whether a person has agreed, where a deployment changes the size or interrupts the store. They type the store's name: at night a `y` comes
 * from habit, and the wrong store is the mistake to fear. Writes why not.
 */
export async function isConfirmed(question: Question, io: Pick<DeployIo, 'ask' | 'writeError'>): Promise<boolean> {
  const reason = reasonToAsk(question);
  if (reason === undefined) return true;
  const { options, target } = question;
  if (options.yes && question.change.verdict === 'not judged') {
    io.writeError(
      `${notJudged(target.config.name)}: --yes is not enough. Nothing was deployed.\n→ read it and deploy at a terminal\n`,
    );
    return false;
  }
  if (options.yes) return pinGivesWay(question, io);
  if (!io.ask) {
    io.writeError(`${reason}, and nobody is at a terminal to agree. Nothing was deployed.\n→ ${yesLine(options, target)}\n`);
    return false;
  }
  const { name } = target.config;
  const answer = await io.ask(`${reason}. Type the store's name (${name}) to go on: `);
  if (answer.trim() === name) return true;
  io.writeError('Nothing was deployed.\n');
  return false;
}

const notJudged = (name: string): string => `${name} changes in a way that was not judged`;

function reasonToAsk({ deployed, target: { config }, change }: Question): string | undefined {
  const { name, tier } = config;
  if (deployed !== tier) return `${name} changes its size from ${deployed ?? 'an unknown one'} to ${tier}`;
  const reasons = { safe: undefined, downtime: `${name} has downtime`, 'not judged': notJudged(name), blocked: undefined };
  return reasons[change.verdict];
}

/** A pipeline that says yes to everything must not shrink a store that pins its size. */
function pinGivesWay({ options, target }: Question, io: Pick<DeployIo, 'writeError'>): boolean {
  const { config, changeTier } = target;
  if (changeTier === undefined || options.changeTier !== undefined) return true;
  const reason = `${config.name} pins its size in cdk.json: --yes needs --change-tier ${changeTier}`;
  io.writeError(`${reason}. Nothing was deployed.\n→ ${yesLine(options, target)}\n`);
  return false;
}

function yesLine({ store, cdkOptions }: ParsedOptions, { config, changeTier }: Target): string {
  return commandLine([
    'npm',
    'run',
    'deploy',
    '--',
    '--tier',
    config.tier,
    ...(store === undefined ? [] : ['--store', store]),
    ...(changeTier === undefined ? [] : ['--change-tier', changeTier]),
    '--yes',
    ...(cdkOptions.length === 0 ? [] : ['--', ...cdkOptions]),
  ]);
}
