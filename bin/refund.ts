import { randomUUID } from 'node:crypto';
import { InvalidArgumentError } from 'commander';
import { exitCodeOf, newCommand, numberOption } from './command';
import { type Terminal, terminal } from './terminal';

export interface RefundIo extends Pick<Terminal, 'write' | 'writeError'> {
  readonly fetch: typeof fetch;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Why nothing was given back, or nobody knows; the message is the whole text for the user. */
class RefundError extends Error {}

interface Options {
  readonly url: URL;
  readonly order: string;
  readonly amount?: number;
  readonly key?: string;
}

const variables = { email: 'STORE_ADMIN_EMAIL', password: 'STORE_ADMIN_PASSWORD' } as const;

/** Gives money of an order back, by the store's API, as an admin. Gives the exit code: 1 where it was not given, or nobody knows. */
export async function main(argv: readonly string[], io: RefundIo): Promise<number> {
  const run = async () => {
    const options = newCommand('npm run refund --', io)
      .description('Gives money of a paid order back the way that it was paid: all that is left, or a part. Its units stay sold.')
      .requiredOption('--url <address>', 'of the store, its output Url', addressOf)
      .requiredOption('--order <number>', 'the order’s number, or its id', orderKey)
      .option('--amount <number>', 'in the currency’s smallest unit: 500 is 5 dollars (default: all that is left)', wholeAmount)
      .option('--key <uuid>', 'of an attempt before, so that money goes back once (default: a new one)', uuid)
      .addHelpText('after', `\nThe admin’s log-in is in ${variables.email} and ${variables.password}.`)
      .parse(argv, { from: 'user' })
      .opts<Options>();
    io.write(await refund(options, await logIn(options.url, io), io));
    return 0;
  };
  return exitCodeOf(run, io, RefundError);
}

const uuidForm = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function orderKey(text: string): string {
  if (uuidForm.test(text) || /^[\da-z]{4}-?[\da-z]{4}$/i.test(text)) return text; // which number it is, the store knows
  throw new InvalidArgumentError('Allowed: a number such as K7QF-3M2P, or a UUID.');
}

function uuid(text: string): string {
  if (uuidForm.test(text)) return text;
  throw new InvalidArgumentError('Allowed: a UUID such as 0199a1b2-0000-7000-8000-000000000001.');
}

const wholeAmount = numberOption((amount) => Number.isSafeInteger(amount) && amount > 0, 'Allowed: whole numbers from 1.');

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || url?.hostname === '127.0.0.1') return url;
  throw new InvalidArgumentError('Allowed: an https address such as https://shop.example.com.'); // a password goes there
}

/** The cookie of a session. */
async function logIn(url: URL, { fetch, environment }: RefundIo): Promise<string> {
  const [email, password] = [environment[variables.email], environment[variables.password]];
  if (!email || !password) {
    throw new RefundError(
      `No log-in: set ${variables.email}, and ${variables.password} by \`read -rs ${variables.password}\` and export`,
    );
  }
  const response = await ask(fetch, new URL('/api/v1/auth/session', url), { email, password }, {}).catch((error: unknown) => {
    throw new RefundError(`Nothing was given back: ${url.origin} does not answer: ${wordsOf(error)}`);
  });
  if (response.status !== 201) throw new RefundError(`The log-in of ${email} is refused: ${await reasonOf(response)}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function refund({ url, order, amount, key = randomUUID() }: Options, cookie: string, { fetch }: RefundIo): Promise<string> {
  const path = new URL(`/api/v1/orders/${encodeURIComponent(order)}/refunds`, url);
  const again = `the same command with --key ${key} gives money back once`;
  const body = amount === undefined ? {} : { amountMinor: amount };
  const response = await ask(fetch, path, body, { cookie, 'idempotency-key': key }).catch((error: unknown) => {
    throw new RefundError(`No answer: ${wordsOf(error)}; ${again}`);
  });
  if (response.status >= 500) throw new RefundError(`The store failed: ${await reasonOf(response)}; ${again}`);
  if (!response.ok) throw new RefundError(`Nothing was given back: ${await reasonOf(response)}`);
  const given = (await response.json()) as { id: string; status: string; amount: { amountMinor: number; currency: string } };
  return `${given.id}: ${given.amount.amountMinor} ${given.amount.currency} (smallest units), ${given.status}\n`;
}

const ask = (send: typeof fetch, url: URL, body: object, headers: Readonly<Record<string, string>>): Promise<Response> =>
  send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });

/** `fetch` itself says only that it failed. */
function wordsOf(error: unknown): string {
  const { message = 'unknown', cause } = error instanceof Error ? error : {};
  return cause instanceof Error ? cause.message : message;
}

async function reasonOf(response: Response): Promise<string> {
  const { code, detail } = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
  return [String(response.status), code, detail].filter(Boolean).join(' ');
}

if (require.main === module) {
  void main(process.argv.slice(2), { ...terminal(), fetch, environment: process.env }).then((code) => (process.exitCode = code));
}
