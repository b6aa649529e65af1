import { appendFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { ConfigError } from '../lib/config/config-error';
import { DeployedError } from '../lib/deployed/deployed-error';
import { readUrl } from '../lib/deployed/read-stack';
import { exitCodeOf } from './command';
import { main as deploy } from './deploy';
import { exitCodes } from './deploy/exit-codes';
import { processIo } from './deploy/process-io';
import { type Target, targetOf } from './deploy/target';
import { deployArguments, githubCommand, type Options } from './deploy-github/command';
import type { GithubIo } from './deploy-github/io';
import { smoke, smokePaths } from './deploy-github/smoke';
import { deployedMarkdown, digestOf, reviewMarkdown } from './deploy-github/summary';
import { changeCodes } from './review/changes';

/** Reviews a change, deploys it if it may, and asks the store whether it is healthy. @returns the exit code; `--help` lists them */
export function main(argv: readonly string[], io: GithubIo): Promise<number> {
  const run = async () => {
    const options = githubCommand(io).parse(argv, { from: 'user' }).opts<Options>();
    const target = targetOf({ ...options, cdkOptions: [], context: {} }, io);
    return deployReviewed(options, target, io);
  };
  return exitCodeOf(run, io, ConfigError, DeployedError);
}

async function deployReviewed(options: Options, target: Target, io: GithubIo): Promise<number> {
  const { approved } = options;
  const { code, text } = await reviewed(options, io);
  const digest = digestOf(text);
  const title = titleOf(target, code);
  io.summarize(reviewMarkdown(title, text));
  if (code !== changeCodes.safe && code !== changeCodes.downtime) return refused(title, code, io);
  if (approved === undefined) return code === changeCodes.safe ? deployed(options, target, digest, io) : waits(digest, io);
  if (approved === digest) return deployed(options, target, digest, io);
  io.writeError(
    'Another change than the one that was approved: the store or what is deployed has changed since. Nothing was deployed.\n',
  );
  io.summarize('**Nothing was deployed**: this is another change than the one that was approved. Run the workflow again.\n');
  return changeCodes['not judged'];
}

/** What `npm run deploy` says of the change without deploying it, errors included. */
async function reviewed(options: Options, io: GithubIo): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  const write = (more: string) => {
    text += more;
    io.write(more);
  };
  const writeError = (more: string) => {
    if (!more.endsWith(' …\n')) text += more; // what it is doing just now
    io.writeError(more);
  };
  const code = await deploy([...deployArguments(options), '--dry-run'], {
    ...io,
    write,
    writeError,
    ask: undefined,
    colour: false,
  });
  return { code, text };
}

/** @param digest of the review */
async function deployed(options: Options, target: Target, digest: string, io: GithubIo): Promise<number> {
  const began = io.now().getTime();
  let started = false;
  const cdk = (argv: readonly string[]) => {
    started = true;
    return io.cdk(argv);
  };
  const code = await deploy(argumentsToDeploy(options, target), { ...io, cdk, ask: undefined });
  if (code === exitCodes.notConfirmed && !started && options.approved === undefined) return waits(digest, io);
  if (code === 0) return answers(target, (io.now().getTime() - began) / 1000, io);
  io.summarize(`**The deployment failed** with exit code ${code}: the reason is in the log of this job.\n`);
  return code === exitCodes.blocked ? code : 1;
}

/** Without `--yes` it deploys only what interrupts nothing, whatever has happened since the review. */
function argumentsToDeploy(options: Options, { changeTier }: Target): readonly string[] {
  const given = deployArguments(options);
  if (options.approved === undefined) return [...given, '--', '--require-approval', 'never'];
  return [...given, ...(changeTier === undefined ? [] : ['--change-tier', changeTier]), '--yes'];
}

/** Whether the store answers, and a summary of what was done. @param seconds that the deployment took @returns the exit code */
async function answers({ config, stack }: Target, seconds: number, io: GithubIo): Promise<number> {
  const { region, app } = config;
  const url = await readUrl(io.clients(region).cloudFormation, { region, stack });
  const results = url === undefined ? [] : await smoke(url, smokePaths(app), io);
  io.summarize(deployedMarkdown({ url, seconds, smoke: results }));
  const ill = results.filter(({ healthy }) => !healthy);
  for (const { url: asked, answer } of ill) io.writeError(`Deployed, and not healthy: ${asked} gives ${answer}\n`);
  return url === undefined || ill.length > 0 ? 1 : 0;
}

function waits(digest: string, io: GithubIo): number {
  io.output('approval', digest);
  io.summarize(
    '**It waits for an approval**: it interrupts, is slower for hours, or changes the size. Nothing was deployed yet.\n',
  );
  return 0;
}

const titles: Readonly<Record<number, string>> = {
  [changeCodes.safe]: 'interrupts nothing',
  [changeCodes.downtime]: 'interrupts, or is slower for hours',
  [changeCodes.blocked]: 'blocked',
  [changeCodes['not judged']]: 'not judged',
};

const titleOf = ({ config: { name, region, tier } }: Target, code: number): string =>
  `${name} · ${region} · ${tier}: ${titles[code] ?? 'cannot be compared'}`;

function refused(title: string, code: number, io: GithubIo): number {
  const advice = code === changeCodes['not judged'] ? ' Check the change, then deploy from a terminal.' : '';
  io.writeError(`${title}. Nothing was deployed.${advice}\n`);
  io.summarize(`**Nothing was deployed.**${advice}\n`);
  return titles[code] === undefined ? 1 : code;
}

/** Appends to a file that GitHub names; elsewhere there is none. */
const appendTo = (variable: string) => (text: string) => {
  const file = process.env[variable];
  if (file) appendFileSync(file, text);
};

async function statusOf(url: string): Promise<number | undefined> {
  try {
    const { status } = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    return status;
  } catch {
    return undefined;
  }
}

if (require.main === module) {
  const toOutput = appendTo('GITHUB_OUTPUT');
  void main(process.argv.slice(2), {
    ...processIo(),
    summarize: appendTo('GITHUB_STEP_SUMMARY'),
    output: (name, value) => toOutput(`${name}=${value}\n`),
    statusOf,
    wait: (ms) => wait(ms),
  }).then((code) => (process.exitCode = code));
}
