import { relative, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { isOrigin } from '../lib/config/origins';
import { ports } from '../services/contract';
import { exitCodeOf, newCommand, numberOption, type Output } from './command';
import { localFolders } from './local/folders';
import { LocalError } from './local/local-error';
import { startLocalStore } from './local/local-store';
import { lockFolder } from './local/lock';
import { freePortFrom, isFree } from './local/parts/free-port';
import { readyText } from './local/ready-text';
import { takeSignals } from './local/signals';
import { terminal } from './terminal';

/** What the command needs of the process that it runs in; tests give their own. */
interface LocalIo extends Output {
  /** Seconds since the process began. */
  readonly seconds: () => number;
  /** Called once everything runs; resolves when the store should stop in order. */
  readonly untilStopped: () => Promise<void>;
}

interface Options {
  readonly port?: number;
  readonly fresh?: boolean;
  readonly corsOrigin?: readonly string[];
  readonly folder: string;
}

/** Runs the store on this machine until it is told to stop. Gives the exit code: 0 when it was told to, 1 for everything else. */
export async function main(argv: readonly string[], io: LocalIo): Promise<number> {
  const run = async () => {
    const {
      port,
      fresh = false,
      corsOrigin: corsOrigins = [],
      folder,
    } = localCommand(io).parse(argv, { from: 'user' }).opts<Options>();
    lockFolder(folder);
    const apiPort = await portOfApi(port, io);
    const step = (text: string): void => io.writeError(`${io.seconds().toFixed(1).padStart(6)} s  ${text}\n`);
    const folders = localFolders(folder, fresh);
    const store = await startLocalStore({ folders, apiPort, corsOrigins, write: io.writeError, step });
    io.write(`\nReady in ${io.seconds().toFixed(1)} s\n${readyText(store.places, relative('.', folder))}`);
    try {
      await Promise.race([io.untilStopped(), store.failed]);
    } finally {
      io.writeError('\nStopping …\n');
      await store.stop();
    }
    return 0;
  };
  return exitCodeOf(run, io, LocalError);
}

function localCommand(io: LocalIo): Command {
  return newCommand('npm run local --', io)
    .description('Runs the store on this machine: API, worker, PostgreSQL with a replica, cache, queues, a stand-in for Stripe.')
    .option('--port <number>', `port of the API (default: ${ports.api}, or the next free one)`, portNumber)
    .option('--cors-origin <origin...>', 'origin whose pages may call the API, such as http://localhost:5173', localOrigin)
    .option('--fresh', 'delete all data and start again')
    .option('--folder <path>', 'folder for data and logs', (path: string) => resolve(path), resolve(__dirname, '../.local'))
    .addHelpText(
      'after',
      '\nExamples:\n  npm run local\n  npm run local -- --fresh --port 9000\n  npm run local -- --cors-origin http://localhost:5173',
    );
}

function localOrigin(text: string, before: readonly string[] = []): readonly string[] {
  if (!isOrigin(text))
    throw new InvalidArgumentError('Allowed: http://localhost with a port, or https and a host name; no path.');
  return [...before, text];
}

const portNumber = numberOption(
  (port) => Number.isInteger(port) && port >= 1 && port <= 65_535,
  'Allowed: a port from 1 to 65535.',
);

/** @throws {LocalError} when the port that was asked for is in use. */
async function portOfApi(asked: number | undefined, io: LocalIo): Promise<number> {
  if (asked === undefined) {
    const port = await freePortFrom(ports.api);
    if (port !== ports.api) io.writeError(`Port ${ports.api} is in use; the API uses ${port}\n`);
    return port;
  }
  if (await isFree(asked)) return asked;
  throw new LocalError(`Port ${asked} is in use; choose another one, or leave --port out to use the next free one`);
}

if (require.main === module) {
  void main(process.argv.slice(2), {
    ...terminal(),
    seconds: () => process.uptime(),
    untilStopped: takeSignals(),
  }).then((code) => process.exit(code));
}
