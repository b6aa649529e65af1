import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../bin/local/parts/free-port';

const root = resolve(__dirname, '..');
/** Where its Python packages are. */
export const program = join(root, '.build/python/ministack');
const requirements = join(__dirname, 'requirements.txt');
/** Logs and faults of the last rehearsal; kept for whoever looks why it failed. */
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

export interface Emulator {
  /** Of commands that are to reach the emulator, and nothing else. */
  readonly environment: NodeJS.ProcessEnv;
  readonly url: string;
  /** Logical IDs whose creation fails from now on, with AWS's words. */
  readonly fail: (faults: Readonly<Record<string, string>>) => void;
  /** In the order in which it happened, since the start. */
  readonly journal: () => readonly JournalEntry[];
  readonly stop: () => void;
}

/** Installs the emulator once, by its hashes, beside the checks of CI. */
export function install(): void {
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

/** Starts it on a free port of 127.0.0.1. */
export async function start(): Promise<Emulator> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [faults, journal, log] = ['faults.json', 'journal.jsonl', 'emulator.log'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const port = await freePort();
  const output = openSync(log, 'w');
  const child = spawn('python3', [join(__dirname, 'launch.py'), join(__dirname, 'stubs.json'), faults, journal], {
    env: { ...process.env, PYTHONPATH: program, GATEWAY_PORT: String(port) },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const stop = () => void child.kill('SIGKILL');
  process.once('exit', stop);
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child, log);
  return {
    url,
    environment: {
      ...process.env,
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'rehearsal',
      AWS_SECRET_ACCESS_KEY: 'rehearsal',
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      CDK_DISABLE_VERSION_CHECK: '1',
      NO_COLOR: '1',
    },
    journal: () =>
      readFileSync(journal, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as JournalEntry),
    fail: (given) => writeFileSync(faults, JSON.stringify(given)),
    stop,
  };
}

async function answers(url: string, child: ChildProcess, log: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const ok = await fetch(`${url}/_ministack/health`).then(
      ({ ok: healthy }) => healthy,
      () => false,
    );
    if (ok) return;
    if (child.exitCode !== null) break;
    await pause(100);
  }
  throw new Error(`The emulator does not start:\n${readFileSync(log, 'utf8').split('\n').slice(-12).join('\n')}`);
}
