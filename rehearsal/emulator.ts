import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../bin/local/parts/free-port';

const root = resolve(__dirname, '..');
/** Where its Python packages are. */
export const program = join(root, '.build/python/ministack');
const requirements = join(__dirname, 'requirements.txt');
/** Logs of the last rehearsal, and the store's folder; kept for whoever looks why it failed. */
export const folder = join(root, '.build/rehearsal');

/** What CloudFormation did to a resource, or tried: a line of the emulator's journal. */
export interface JournalEntry {
  readonly verb: 'create' | 'update' | 'delete';
  readonly stack: string;
  /** Logical ID. */
  readonly id: string;
  readonly type: string;
  /** As AWS would get them: nothing in them refers to anything any more. Missing where it is deleted. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

type ById = Readonly<Record<string, string>>;

/** What goes wrong from now on; rehearsal/launch.py reads it. */
export interface Trouble {
  /** Logical IDs whose creation or change fails, with AWS's words. */
  readonly fail?: ById;
  /** Logical IDs that a rollback cannot change back. */
  readonly failRollback?: ById;
  /** Types of resources whose creation does not end. */
  readonly hold?: readonly string[];
  /** Values of Service Quotas by their codes. */
  readonly quotas?: Readonly<Record<string, number>>;
  /** Ids of zones by their names. */
  readonly zones?: ById;
  /** Letters of the zones in which RDS offers a class. */
  readonly classes?: ById;
}

export interface Emulator {
  /** Of commands that are to reach the emulator, and nothing else. */
  readonly environment: NodeJS.ProcessEnv;
  readonly url: string;
  /** In place of all trouble before. */
  readonly trouble: (given: Trouble) => void;
  /** In the order in which it happened, since the start. */
  readonly journal: () => readonly JournalEntry[];
  readonly stop: () => void;
}

/** Installs the emulator and the AWS CLI once, by their hashes, beside the checks of CI. */
export function install(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const mark = join(program, 'requirements.txt');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === readFileSync(requirements, 'utf8')) return;
  rmSync(program, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore'];
  const { status, stderr } = spawnSync(
    'python3',
    [...pip, '--require-hashes', '--no-deps', '--target', program, '--requirement', requirements],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The emulator cannot be installed; it needs Python 3.11 or later with pip.\n${stderr}`);
  writeFileSync(mark, readFileSync(requirements));
}

/** Starts one on a free port of 127.0.0.1: an account of its own, with an AWS CLI. @param name of its files */
export async function start(name: string): Promise<Emulator> {
  const [control, log, bin] = [join(folder, `${name}.json`), join(folder, `${name}.log`), join(folder, `${name}-bin`)];
  const journal = join(folder, `${name}-journal.jsonl`);
  mkdirSync(bin);
  const port = await freePort();
  const output = openSync(log, 'w');
  const child = python([join(__dirname, 'launch.py'), join(__dirname, 'stubs.json'), control, journal], output, {
    GATEWAY_PORT: String(port),
  });
  const socket = join(folder, `${name}.socket`);
  const cli = python([join(__dirname, 'aws.py'), '--serve', socket, join(bin, 'aws')], output, { AWS_CONFIG_FILE: '/dev/null' });
  closeSync(output);
  const stop = () => [child, cli].forEach((one) => void one.kill('SIGKILL'));
  process.once('exit', stop);
  const url = `http://127.0.0.1:${port}`;
  await answers(url, [child, cli], log, join(bin, 'aws'));
  return {
    url,
    environment: {
      ...process.env,
      PATH: `${bin}:${process.env['PATH']}`,
      AWS_CLI_SOCKET: socket,
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'rehearsal',
      AWS_SECRET_ACCESS_KEY: 'rehearsal',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_PAGER: '',
      CDK_DISABLE_VERSION_CHECK: '1',
      CDK_VALIDATION: 'false', // half of each synthesis; npm run findings has it
      NO_COLOR: '1',
    },
    journal: () =>
      readFileSync(journal, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as JournalEntry),
    trouble: (given) => {
      writeFileSync(`${control}.new`, JSON.stringify(given));
      renameSync(`${control}.new`, control); // at once, for a reader at any time
    },
    stop,
  };
}

function python(args: readonly string[], output: number, more: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn('python3', args, { env: { ...process.env, ...more, PYTHONPATH: program }, stdio: ['ignore', output, output] });
}

async function answers(url: string, children: readonly ChildProcess[], log: string, command: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const ok = await fetch(`${url}/_ministack/health`).then(
      ({ ok: healthy }) => healthy,
      () => false,
    );
    if (ok && existsSync(command)) return;
    if (children.some(({ exitCode }) => exitCode !== null)) break;
    await pause(100);
  }
  throw new Error(`The emulator does not start:\n${readFileSync(log, 'utf8').split('\n').slice(-12).join('\n')}`);
}
