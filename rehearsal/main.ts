import { takeSignals } from '../bin/local/signals';
import { terminal } from '../bin/terminal';
import { tiers } from '../lib/tiers/tiers';
import { beforeDeployment } from './before-deployment';
import { changesOfSize } from './changes';
import { RehearsalError } from './commands';
import { type Emulator, folder, install, type JournalEntry, start } from './emulator';
import { failingUpdates } from './failing-update';
import { firstDeployment } from './first-deployment';
import { leaving, leavingDeployed } from './leaving';
import { logTails } from './log-tails';
import { blockedGoingDown, outputCommands } from './outputs';
import { rightsFit } from './rights';
import { runbooks } from './runbooks';
import { propertiesFit } from './schemas';
import { servicesWork } from './services';
import { stackName } from './stack';
import { copyProject } from './store-folder';
import { variants } from './variants';

const summary = `Real: the CDK's, AWS's and this project's commands, PostgreSQL, Valkey, migrations, API, worker, rotation, and CloudFormation's schemas.
Emulated: CloudFormation and all services of AWS; rehearsal/stubs.json names the types that are only written down. Stripe is a stand-in, and so is aws
logs tail, which the AWS CLI 1 has not; filter patterns are read as rehearsal/filter_patterns.py does.
AWS refuses only what a step or rehearsal/mends.py says. Rights are computed from policies and calls. Not shown: network, log-in by IAM, TLS, durations, images, CloudFront and WAF.
`;

type Step = (text: string) => void;

/** Deploys to an emulator of CloudFormation what the documents say, mistakes included. @returns the exit code */
async function rehearse(write: (text: string) => void): Promise<number> {
  const began = performance.now();
  const seconds = () => `${Math.round((performance.now() - began) / 1000)} s`.padStart(6);
  let steps = 0;
  const step = (text: string) => {
    steps += 1;
    write(`${seconds()}  ${text}\n`);
  };
  const emulators: Emulator[] = [];
  try {
    rightsFit(step);
    step('Two emulators start');
    install();
    const [emulator, other] = await Promise.all([start('emulator'), start('other-account')]);
    emulators.push(emulator, other);
    copyProject();
    const beside = otherAccount(other, step);
    await Promise.all([store(emulator, step, beside), beside]);
  } catch (error) {
    write(`\n${textOf(error)}\n\nThe rehearsal failed; every output is in ${folder}\n`);
    return 1;
  } finally {
    for (const { stop } of emulators) stop();
  }
  write(`${seconds()}  ${steps} steps, all as they should be\n`);
  write(summary);
  return 0;
}

/** Stores that are left, then one with others beside it. @returns what CloudFormation did for those others */
async function otherAccount(emulator: Emulator, step: Step): Promise<readonly JournalEntry[]> {
  await leaving(emulator, step);
  await runbooks(emulator, step);
  await variants(emulator, step);
  return emulator.journal().filter(({ stack }) => stack !== stackName);
}

/** From an empty account to a store of which everything was tried, and back to an empty account. @param beside other stores' journal */
async function store(emulator: Emulator, step: Step, beside: Promise<readonly JournalEntry[]>): Promise<void> {
  const settings = await beforeDeployment(emulator, step);
  await firstDeployment(emulator, step, settings);
  await failingUpdates(emulator, step, settings);
  await outputCommands(emulator, step);
  await changesOfSize(emulator, step);
  await blockedGoingDown(emulator, step, tiers.enterprise.parts.database.storageGb);
  await servicesWork(emulator, step, async () => propertiesFit([...emulator.journal(), ...(await beside)], step));
  await logTails(emulator, step);
  await leavingDeployed(emulator, step);
}

/** A step that found something else says all there is to say. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof RehearsalError ? error.message : (error.stack ?? error.message);
}

takeSignals(); // what was started ends with this process, which has to end by itself

void rehearse(terminal().write).then((code) => (process.exitCode = code));
