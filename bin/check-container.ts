import { type Command, Option } from 'commander';
import { type DatabaseLogin, databaseLogins } from '../lib/tiers/tier';
import { healthPaths, stopTimeoutSeconds } from '../services/contract';
import { checkContract, type Finding } from './check-container/contract';
import { exitCodeOf, newCommand, numberOption, type Output } from './command';
import { type ContainerBackends, startContainerBackends } from './local/container-backends';
import { terminal } from './terminal';

interface Options {
  readonly healthPath: string;
  readonly slowPath?: string;
  readonly startSeconds: number;
  readonly stopSeconds: number;
  readonly login: DatabaseLogin;
  readonly quiet?: boolean;
}

/** For as long ECS overlooks a failing health check: the grace period of lib/constructs/api-service.ts. */
const startSeconds = 60;

/** Runs somebody's own program against the container contract. Gives the exit code: 0 where every point holds. */
export async function main(
  argv: readonly string[],
  io: Output,
  startBackends: (write: Output['write']) => Promise<ContainerBackends> = startContainerBackends,
): Promise<number> {
  const run = async () => {
    const command = checkCommand(io).parse(argv, { from: 'user' });
    const { quiet = false, slowPath, login, ...options } = command.opts<Options>();
    io.writeError('Starting PostgreSQL, cache, queues and a stand-in for Stripe …\n');
    const backends = await startBackends(io.writeError);
    try {
      const findings = await checkContract({
        ...options,
        ...(await backends.variables(login === 'password')),
        command: command.args,
        slowPath,
        logIns: backends.logIns,
        write: quiet ? () => undefined : io.writeError,
        progress: io.writeError,
      });
      for (const finding of findings) io.write(`${line(finding)}\n`);
      return findings.every(({ passed }) => passed !== false) ? 0 : 1;
    } finally {
      await backends.stop();
    }
  };
  return exitCodeOf(run, io);
}

function line({ point, passed, text }: Finding): string {
  const verdict = passed === undefined ? 'not seen' : passed ? 'passed' : 'FAILED';
  return `${verdict.padEnd(9)} ${point.padEnd(11)} ${text}`;
}

function checkCommand(io: Output): Command {
  return newCommand('npm run check:container --', io)
    .description('Runs your own API as the store would and checks it against the container contract: docs/your-app.md.')
    .argument('<program...>', 'the command of your image')
    .option('--health-path <path>', 'path of the load balancer’s health check', healthPaths.live)
    .option('--slow-path <path>', 'a path that takes about a second: its request must complete after SIGTERM')
    .option('--start-seconds <number>', 'time limit until the program listens', positive, startSeconds)
    .option('--stop-seconds <number>', 'time limit until the program exits', positive, stopTimeoutSeconds)
    .addOption(
      new Option('--login <kind>', 'as database.login of your store: by password, DATABASE_PASSWORD has it')
        .choices(databaseLogins)
        .default('iam'),
    )
    .option('--quiet', 'hide the output of the program')
    .passThroughOptions()
    .addHelpText(
      'after',
      '\nExample:\n  npm run check:container -- --slow-path /slow python3 test/services/own-container/server.py',
    );
}

const positive = numberOption((value) => value > 0, 'Allowed: a number above 0.');

if (require.main === module) {
  void main(process.argv.slice(2), terminal()).then((code) => process.exit(code));
}
