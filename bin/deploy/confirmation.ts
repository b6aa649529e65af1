import type { ChangeReview } from '../../lib/review/change/types';
import type { ParsedOptions } from './command';
import { deployLine } from './deploy-line';
import type { DeployIo } from './io';
import type { Target } from './target';

interface Question {
  /** Size of the deployed stack; undefined where it is not known. */
  readonly deployed: string | undefined;
  readonly target: Target;
  readonly change: ChangeReview;
  readonly options: ParsedOptions;
}

/**
 * Whether a person has agreed, where a deployment changes the size or has downtime. They type the store's name: a `y` is typed out of
 * habit, and the wrong store is the mistake to prevent. Writes why not.
 */
export async function isConfirmed(question: Question, io: Pick<DeployIo, 'ask' | 'writeError'>): Promise<boolean> {
  const reason = reasonToAsk(question);
  if (reason === undefined) return true;
  const { options, target } = question;
  if (options.yes && question.change.verdict === 'not judged') {
    io.writeError(
      `${notJudged(target.config.name)}: --yes is not enough. Nothing was deployed.\n→ Check the report, then deploy from a terminal\n`,
    );
    return false;
  }
  if (options.yes) return isPinConfirmed(question, io);
  if (!io.ask) {
    io.writeError(`${reason}, and this is not a terminal. Nothing was deployed.\n→ ${yesLine(options, target)}\n`);
    return false;
  }
  const { name } = target.config;
  const answer = await io.ask(`${reason}. Type the store's name (${name}) to continue: `);
  if (answer.trim() === name) return true;
  io.writeError('Nothing was deployed.\n');
  return false;
}

const notJudged = (name: string): string => `${name} changes in a way that is not judged`;

function reasonToAsk({ deployed, target: { config }, change }: Question): string | undefined {
  const { name, tier } = config;
  if (deployed !== tier) return `${name} changes its size from ${deployed ?? 'unknown'} to ${tier}`;
  const reasons = {
    safe: undefined,
    degraded: `${name} is slower for hours`,
    downtime: `${name} has downtime`,
    'not judged': notJudged(name),
    blocked: undefined,
  };
  return reasons[change.verdict];
}

/** A pipeline with `--yes` for every store must not shrink one that pins its size. */
function isPinConfirmed({ options, target }: Question, io: Pick<DeployIo, 'writeError'>): boolean {
  const { config, changeTier } = target;
  if (changeTier === undefined || options.changeTier !== undefined) return true;
  const reason = `${config.name} pins its size in cdk.json: --yes needs --change-tier ${changeTier}`;
  io.writeError(`${reason}. Nothing was deployed.\n→ ${yesLine(options, target)}\n`);
  return false;
}

function yesLine({ store, cdkOptions }: ParsedOptions, { config: { tier }, changeTier }: Target): string {
  return deployLine({ tier, store, changeTier, yes: true, cdkOptions });
}
