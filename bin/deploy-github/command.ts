import { type Command, InvalidArgumentError, Option } from 'commander';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { newCommand, type Output } from '../command';

export interface Options {
  readonly tier?: TierName;
  readonly store?: string;
  /** Digest of the review that somebody has approved. */
  readonly approved?: string;
}

const notes = `
Deploys at once what interrupts nothing and keeps the size. Anything else waits: the output "approval" has the digest of the review, and
the run with --approved deploys that change and no other. What is blocked or not judged is not deployed.

Exits with 0 if it is deployed and answers, or waits for an approval; 1 if something failed; 3 if the change is blocked; 4 if it is not
judged, or is not the one that was approved.`;

export function githubCommand(io: Output): Command {
  return newCommand('npm run deploy:github --', io)
    .description(
      'Deploys a store in a workflow of GitHub: writes the review into the summary of the job, deploys, and asks the store whether it is healthy.',
    )
    .addOption(new Option('--tier <size>', 'the size (default: the size that the store pins)').choices(tierNames))
    .option('--store <name>', 'the store of cdk.json, if it has several')
    .option('--approved <digest>', 'deploys the change whose review has this digest, also one that interrupts', digestOption)
    .addHelpText('after', notes);
}

function digestOption(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError('Allowed is the output "approval" of the run that wrote the review: 64 digits.');
}

/** For `npm run deploy`. */
export function deployArguments({ store, tier }: Options): readonly string[] {
  return [...(store === undefined ? [] : ['--store', store]), ...(tier === undefined ? [] : ['--tier', tier])];
}
