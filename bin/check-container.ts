import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { healthPaths, stopTimeoutSeconds } from '../services/contract';
import { checkContract, type Finding } from './check-container/contract';
import { type ContainerBackends, startContainerBackends } from './local/container-backends';
import { type Terminal, terminal } from './terminal';

interface Options {
  readonly healthPath: string;
  readonly slowPath?: string;
  readonly startSeconds: number;
  readonly stopSeconds: number;
  readonly quiet?: boolean;
}

type CheckIo = Pick<Terminal, 'write' | 'writeError'>;

/** For as long ECS overlooks a failing health check: the grace period of lib/constructs/api-service.ts. */
const startSeconds = 60;

/** Runs somebody's own program against the container contract. Gives the exit code: 0 where every point holds. */
export async function main(
  argv: readonly string[],
  io: CheckIo,
  startBackends: (write: CheckIo['write']) => Promise<ContainerBackends> = startContainerBackends,
): Promise<number> {
  const command = checkCommand(io);
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode; // commander has written it
    throw error;
  }
  const { quiet = false, slowPath, ...options } = command.opts<Options>();
  io.writeError('Starting PostgreSQL, cache, queues and a stand-in for Stripe …\n');
  const backends = await startBackends(io.writeError);
  try {
    const findings = await checkContract({
      ...options,
      ...(await backends.variables()),
      command: command.args,
      slowPath,
      logIns: backends.logIns,
      write: quiet ? () => undefined : io.writeError,
    });
    for (const finding of findings) io.write(`${line(finding)}\n`);
    return findings.every(({ passed }) => passed !== false) ? 0 : 1;
  } finally {
    await backends.stop();
  }
}

function line({ point, passed, text }: Finding): string {
  const verdict = passed === undefined ? 'not seen' : passed ? 'passed' : 'FAILED';
  return `${verdict.padEnd(9)} ${point.padEnd(11)} ${text}`;
}

function checkCommand(io: CheckIo): Command {
  return new Command('npm run check:container --')
    .description('Runs your own API as the store would and checks it against the container contract: docs/own-container.md.')
    .argument('<program...>', 'the command of your image')
    .option('--health-path <path>', 'path of the load balancer’s health check', healthPaths.live)
    .option('--slow-path <path>', 'a path that takes about a second: its request must complete after SIGTERM')
    .option('--start-seconds <number>', 'time limit until the program listens', positive, startSeconds)
    .option('--stop-seconds <number>', 'time limit until the program exits', positive, stopTimeoutSeconds)
    .option('--quiet', 'hide the output of the program')
    .passThroughOptions()
    .exitOverride()
    .configureOutput({ writeOut: io.write, writeErr: io.writeError })
    .addHelpText(
      'after',
      '\nExample:\n  npm run check:container -- --slow-path /slow python3 test/services/own-container/server.py',
    );
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Allowed: a number above 0.');
}

if (require.main === module) {
  void main(process.argv.slice(2), terminal()).then((code) => process.exit(code));
}
