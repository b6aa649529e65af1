import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { formatLiteral } from '../lib/config/format-literal';
import { createTaskClients } from '../lib/deployed/clients';
import { DeployedError } from '../lib/deployed/deployed-error';
import { type AdminOutcome, adminArgument, adminExitCodes } from '../services/accounts/admin-task';
import { linkHours } from '../services/accounts/links';
import { makeToken } from '../services/accounts/token';
import { hashPassword } from '../services/api/passwords';
import { accountPages } from '../services/contract';
import { AdminError, type AdminIo } from './admin/io';
import { deployedPlace, localPlace, type Place } from './admin/place';
import { regionOfEnvironment } from './assess/io';
import { exitCodeOf, newCommand } from './command';
import { LocalError } from './local/local-error';
import { progressOf } from './progress';
import { regionProblems } from './region-option';
import { terminal } from './terminal';

interface Options {
  readonly email: string;
  readonly stack?: string;
  readonly region?: string;
  readonly local?: boolean;
  readonly promote?: boolean;
}

/** Makes or ends an admin of a store, and prints the link of a new one. Gives the exit code: 1 where nothing was changed, or nobody knows. */
export async function main(argv: readonly string[], io: AdminIo): Promise<number> {
  const progress = progressOf(io);
  const run = async () => {
    const { change, options } = parse(argv, io);
    const place = await placeOf(options, io, progress.step);
    const text = await (change === 'create' ? create : demote)(options, place);
    progress.end();
    io.write(text);
    return 0;
  };
  return exitCodeOf(run, io, AdminError, DeployedError, LocalError).finally(progress.end);
}

function parse(argv: readonly string[], io: AdminIo): { readonly change: 'create' | 'demote'; readonly options: Options } {
  let parsed: ReturnType<typeof parse> | undefined;
  const command = newCommand('npm run admin --', io)
    .description(
      'Makes or ends an admin of a store: by a task of its own beside a deployed store, or of the one on this machine.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  npm run admin -- create --email ops@example.com --stack Store-shop --region us-east-1\n  npm run admin -- create --email ops@example.com --local',
    );
  const changes = [
    ['create', 'prints a link by which a new admin chooses a password, or one who has lost it another; it works once'],
    ['demote', 'makes an admin a customer; their sessions end'],
  ] as const;
  for (const [change, description] of changes) {
    const sub = command
      .command(change)
      .description(description)
      .option('--email <address>', 'of the admin')
      .option('--stack <name>', 'the store’s stack, for example Store-shop')
      .option('--region <name>', 'where the store runs (default: the region of the environment)')
      .option('--local', 'the store that npm run local runs');
    if (change === 'create') sub.option('--promote', 'make an admin of somebody who is a customer, whose password ends');
    sub.action((options: Partial<Options>) => {
      parsed = { change, options: checked(options, io) };
    });
  }
  command.parse(argv, { from: 'user' });
  return parsed as NonNullable<typeof parsed>; // without a command, commander has written the help and thrown
}

/** @throws {AdminError} with every problem at once */
function checked({ email = '', region, ...options }: Partial<Options>, io: AdminIo): Options {
  const address = email.toLowerCase();
  const where = region ?? io.region;
  const { stack, local = false } = options;
  const problems = [
    ...(/^[^\s@]+@[^\s@]+$/.test(address) && address.length <= 254
      ? []
      : [`--email is ${formatLiteral(email)}; an address is allowed → --email ops@example.com`]),
    ...(local === (stack !== undefined)
      ? [`--stack and --local are ${local ? 'both' : 'not'} given; one of them is allowed → --stack Store-shop`]
      : []),
    ...(local && region !== undefined ? ['--region is given with --local, which needs none → leave it out'] : []),
    ...(local ? [] : regionProblems(where)),
  ];
  if (problems.length > 0) throw new AdminError(problems.join('\n'));
  return { ...options, email: address, ...(where !== undefined && { region: where }) };
}

const placeOf = async ({ stack = '', region = '', local = false }: Options, io: AdminIo, step: (text: string) => void) =>
  local ? localPlace(io) : deployedPlace({ stack, region }, io, step);

/** The token itself is made here and shown here alone: the store gets its hash. */
async function create({ email, promote = false }: Options, place: Place): Promise<string> {
  const { token, hash } = makeToken();
  const nobodysPassword = await hashPassword(makeToken().token);
  const outcome = await runTask(place, ['create', email, hash.toString('hex'), nobodysPassword, ...(promote ? ['promote'] : [])]);
  if (outcome === 'customer') {
    throw new AdminError(
      `${email} is a customer of ${place.name}, and nothing was changed → add --promote to make them an admin`,
    );
  }
  if (outcome !== 'done') throw notChanged(outcome, email, place);
  const purpose = 'password-reset';
  return [
    `${email} is an admin of ${place.name}. By this link they choose a password, once, within ${linkHours[purpose]} hour; it is shown here alone:`,
    `  ${place.siteUrl}${accountPages[purpose]}#token=${token}`,
    '',
  ].join('\n');
}

async function demote({ email }: Options, place: Place): Promise<string> {
  const outcome = await runTask(place, ['demote', email]);
  if (outcome === 'customer') throw new AdminError(`${email} is a customer of ${place.name} already, and nothing was changed`);
  if (outcome !== 'done') throw notChanged(outcome, email, place);
  return `${email} is a customer of ${place.name} from now on, and their sessions have ended.\n`;
}

async function runTask(place: Place, args: readonly string[]): Promise<AdminOutcome | number> {
  const code = await place.run([adminArgument, ...args]);
  return (Object.keys(adminExitCodes) as AdminOutcome[]).find((outcome) => adminExitCodes[outcome] === code) ?? code;
}

function notChanged(outcome: AdminOutcome | number, email: string, { name, log }: Place): AdminError {
  if (outcome === 'unknown') return new AdminError(`Nobody has the address ${email} in ${name}`);
  if (outcome === 'erased') return new AdminError(`${email} is the address of an erased user of ${name} → choose another one`);
  return new AdminError(`The task failed (${typeof outcome === 'number' ? `exit code ${outcome}` : outcome}): ${log}`);
}

if (require.main === module) {
  void main(process.argv.slice(2), {
    ...terminal(),
    region: regionOfEnvironment(process.env),
    clients: (region) => createTaskClients({ region }),
    pause,
    localFolder: resolve(__dirname, '../.local'),
  }).then((code) => (process.exitCode = code));
}
