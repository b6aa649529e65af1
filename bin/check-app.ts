import { InvalidArgumentError } from 'commander';
import { ConfigError } from '../lib/config/config-error';
import { checkApp } from './check-app/check';
import { readConfig } from './check-app/config';
import type { Finding } from './check-app/point';
import { points } from './check-app/points';
import { storeOfApp, tierNamed } from './check-app/template';
import { failureCode, newCommand, type Output } from './command';
import { LocalError } from './local/local-error';
import { terminal } from './terminal';

interface Options {
  readonly tier?: string;
  readonly only?: readonly string[];
  readonly image?: boolean;
  readonly quiet?: boolean;
}

/** Runs an app of one's own as a store's tasks would. Gives the exit code: 0 where no point fails, 1 where one does, 2 for wrong usage. */
export async function main(argv: readonly string[], io: Output): Promise<number> {
  try {
    const command = checkCommand(io).parse(argv, { from: 'user' });
    const { quiet = false, image = false, only, tier } = command.opts<Options>();
    const config = readConfig(command.args[0] ?? '');
    const store = storeOfApp(config.store, tierNamed(tier ?? config.store['tier'] ?? 'medium'));
    const chosen = only === undefined ? points : points.filter(({ name }) => only.includes(name));
    io.writeError('Starting PostgreSQL, caches, queues and stand-ins …\n');
    const findings = await checkApp({
      config,
      store,
      points: chosen,
      docker: image,
      write: quiet ? () => undefined : io.writeError,
      progress: io.writeError,
      onFinding: (finding) => io.write(`${lineOf(finding)}\n`),
    });
    const failed = findings.filter(({ holds }) => holds === false).length;
    const unseen = findings.filter(({ holds }) => holds === undefined).length;
    io.write(`${findings.length - failed - unseen} points hold, ${failed} fail, ${unseen} not seen\n`);
    return failed > 0 ? 1 : 0;
  } catch (error) {
    return failureCode(error, io, LocalError, ConfigError) === 0 ? 0 : 2;
  }
}

const widest = Math.max(...points.map(({ name }) => name.length));

function lineOf({ point, holds, text }: Finding): string {
  const verdict = holds === undefined ? 'not seen' : holds ? 'holds' : 'FAILS';
  return `${verdict.padEnd(9)} ${point.padEnd(widest)}  ${text}`;
}

function checkCommand(io: Output) {
  return newCommand('npm run check:app --', io)
    .description(
      'Runs your own app as a store’s tasks would, and looks at each point that the stack asks of it: docs/your-app.md.',
    )
    .argument('<config>', 'a JSON file beside the app: the store’s settings, and what a user does')
    .option('--tier <name>', 'size of the store (default: "tier" of the settings, else medium)')
    .option('--only <points...>', `these points alone: ${points.map(({ name }) => name).join(', ')}`, pointNamed)
    .option('--image', 'start the programs from their images, by Docker, and not by their commands here')
    .option('--quiet', 'hide the output of the programs');
}

function pointNamed(name: string, before: readonly string[] = []): readonly string[] {
  if (points.some((point) => point.name === name)) return [...before, name];
  throw new InvalidArgumentError(`Allowed: ${points.map((point) => point.name).join(', ')}.`);
}

if (require.main === module) {
  void main(process.argv.slice(2), terminal()).then((code) => process.exit(code));
}
