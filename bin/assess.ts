import type { Command } from 'commander';
import { assess } from '../alarms/assessment/assess';
import { type CostOfLoad, forecast } from '../alarms/assessment/forecast';
import { closestMatch } from '../lib/config/closest-match';
import { formatLiteral } from '../lib/config/format-literal';
import { physicalNames } from '../lib/config/physical-names';
import { synthesize } from '../lib/synthesize';
import { AssessorError } from '../services/assessor/assessor-error';
import { type Clients, createClients } from '../services/assessor/clients';
import { defaultDays, lastDays, mostDays, readStore, type StoreReading } from '../services/assessor/read-store';
import { storesWithAlarms } from '../services/assessor/store-alarms';
import { storeNamePattern } from '../services/contract';
import { monthlyCosts } from './assess/costs';
import { type AssessIo, regionOfEnvironment } from './assess/io';
import { report } from './assess/report';
import { exitCodeOf, newCommand, numberOption } from './command';
import { progressOf } from './progress';
import { parseRegion } from './region-option';
import { terminal } from './terminal';

/** By the light: green and yellow let a pipeline go on, red and unknown are no success; `failed` where there is no assessment. */
export const exitCodes = { green: 0, yellow: 0, failed: 1, red: 2, unknown: 3 } as const;

interface Options {
  readonly stack: string;
  readonly region?: string;
  readonly days: number;
  readonly budget?: number;
  readonly json?: boolean;
}

const withBudget = (cost: CostOfLoad | undefined, usd: number | undefined): CostOfLoad | undefined =>
  cost && usd !== undefined ? { ...cost, budgetUsd: usd } : cost;

/** Assesses a running store and writes the report. Gives the exit code: see `exitCodes`. */
export async function main(argv: readonly string[], io: AssessIo): Promise<number> {
  const progress = progressOf(io);
  const run = async () => {
    const options = assessCommand(io).parse(argv, { from: 'user' }).opts<Options>();
    const reading = await read(options, io, progress.step);
    const requests = await reading.dailyRequests();
    progress.step('Calculating the cost of the recommendations');
    const { costOf, present } = monthlyCosts(reading.store, io);
    const assessment = assess({ ...reading, costOf });
    const { store, window } = reading;
    const cost = withBudget(present(), options.budget);
    const future = forecast({ parts: assessment.parts, requests, now: io.now(), cost });
    io.write(
      options.json
        ? `${JSON.stringify({ ...store, window, ...assessment, forecast: future }, null, 2)}\n`
        : report(reading, { ...assessment, forecast: future }, io),
    );
    return exitCodes[assessment.light];
  };
  return exitCodeOf(run, io, AssessorError).finally(progress.end);
}

function assessCommand(io: AssessIo): Command {
  return newCommand('npm run assess --', io)
    .description(
      'Assesses a running store by its alarms’ metrics: score, status, next steps. Reads CloudWatch and RDS, changes nothing.',
    )
    .requiredOption('--stack <name>', 'the store’s stack, for example Store-shop')
    .option(
      '--region <name>',
      'where the store runs (default: the region of the environment or the AWS profile)',
      (name: string) => parseRegion(name),
    )
    .option('--days <number>', `length of the window, up to ${mostDays}`, wholeDays, defaultDays)
    .option('--budget <usd>', 'USD a month that the forecast counts to (default: the budget of the size)', usdPerMonth)
    .option('--json', 'everything as JSON')
    .addHelpText('after', '\nExit codes: 0 green or yellow, 1 failed, 2 red, 3 unknown.');
}

const wholeDays = numberOption(
  (days) => Number.isInteger(days) && days >= 1 && days <= mostDays,
  `Allowed: whole days from 1 to ${mostDays}. CloudWatch does not keep five-minute data longer.`,
);

const usdPerMonth = numberOption((usd) => usd > 0, 'Allowed: more than 0, in USD a month.');

async function read({ stack, days, ...options }: Options, io: AssessIo, progress: (step: string) => void): Promise<StoreReading> {
  const { clients, region } = await connect(io, options.region ?? io.region);
  const store = storeOf(stack);
  if (store === undefined) throw await noSuchStore(stack, clients, region);
  try {
    return await readStore(clients, { region, store, window: lastDays(days, io.now()), progress });
  } catch (error) {
    if (error instanceof AssessorError && error.code === 'no-alarms') throw await noSuchStore(stack, clients, region);
    throw error;
  }
}

/** Without a region the SDK's clients throw: when they are made, or when they are asked for it. */
async function connect({ clients: create }: AssessIo, given: string | undefined) {
  try {
    const clients = create(given);
    return { clients, region: await clients.cloudWatch.config.region() };
  } catch (error) {
    throw new AssessorError('no-region', 'No region is given: add --region, or set AWS_REGION', { cause: error });
  }
}

/** The store of a stack's name; undefined where no store's stack is called so. */
function storeOf(stack: string): string | undefined {
  const prefix = physicalNames('').stack;
  const store = stack.startsWith(prefix) ? stack.slice(prefix.length) : '';
  return storeNamePattern.test(store) ? store : undefined;
}

/** With the stacks that there are, as far as the caller may look. */
async function noSuchStore(stack: string, { cloudWatch }: Clients, region: string): Promise<AssessorError> {
  const head =
    storeOf(stack) === undefined
      ? `${formatLiteral(stack)} is not the name of a store's stack; store stacks are named ${physicalNames('<store>').stack}`
      : `${region} has no alarms of a stack ${stack}`;
  return new AssessorError('no-alarms', `${head}${await formatOthers(stack, cloudWatch, region)}`);
}

async function formatOthers(stack: string, cloudWatch: Clients['cloudWatch'], region: string): Promise<string> {
  try {
    const stacks = (await storesWithAlarms(cloudWatch, region)).map((store) => physicalNames(store).stack);
    if (stacks.length === 0)
      return `; ${region} has no alarms of any store: check the region (--region) and the account (AWS_PROFILE)`;
    const meant = closestMatch(stack, stacks) ?? stacks.find((name) => name === physicalNames(stack).stack);
    const line = meant === undefined ? '' : `\n→ npm run assess -- --stack ${meant} --region ${region}`;
    return `; ${region} has alarms of ${stacks.join(', ')}${line}`;
  } catch (error) {
    if (error instanceof AssessorError) return ''; // who may not look around still learns what is wrong with the name
    throw error;
  }
}

if (require.main === module) {
  void main(process.argv.slice(2), {
    ...terminal(),
    now: () => new Date(),
    region: regionOfEnvironment(process.env),
    clients: (region) => createClients(region === undefined ? {} : { region }),
    synthesize,
  }).then((code) => (process.exitCode = code));
}
