import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Emulator, folder } from './emulator';
import { storeFolder } from './store-folder';

export interface Ended {
  readonly code: number;
  /** Of both streams, as they came. */
  readonly output: string;
}

interface Running {
  readonly ended: Promise<Ended>;
  /** At once, with all that it started. */
  readonly kill: () => void;
}

let count = 0;

/** Starts a command line of the documents as it stands, against the emulator; its output is kept in the rehearsal's folder. */
export function begin(line: string, { environment }: Emulator, input = ''): Running {
  count += 1;
  const log = createWriteStream(join(folder, `${String(count).padStart(2, '0')}.log`));
  log.write(`$ ${line}\n`);
  const child = spawn('bash', ['--norc', '-euc', `exec 2>&1; ${line}`], {
    cwd: storeFolder,
    // A folder each: the CDK takes the lock of a CLI that was killed for that of one that works, until its process is reaped.
    env: { ...environment, CDK_OUTPUT: join(folder, `cdk.out-${count}`) },
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => undefined).end(input); // who reads nothing may have ended
  child.stdout.pipe(log);
  const ended = new Promise<number>((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => done(code ?? 1));
  });
  return {
    ended: Promise.all([ended, text(child.stdout)]).then(([code, output]) => ({ code, output })),
    kill: () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    },
  };
}

/** A step found something else than it should. The message is the whole text for the user. */
export class RehearsalError extends Error {}

/** What is wrong, each on a line; of very many the first. */
export function listOf(heading: string, all: readonly string[]): string {
  const most = 25;
  const rest = all.length > most ? [`and ${all.length - most} more`] : [];
  return [heading, ...all.slice(0, most).map((one) => one.slice(0, 600)), ...rest].join('\n  ');
}

type Texts = readonly (string | RegExp)[];

/** @returns what it printed. @throws RehearsalError with what came instead */
export async function expect(line: string, emulator: Emulator, code: number, ...texts: Texts): Promise<string> {
  return judged(line, await begin(line, emulator).ended, code, texts);
}

/** The same for a command that reads its input. */
export async function expectWith(input: string, line: string, emulator: Emulator, ...texts: Texts): Promise<string> {
  return judged(line, await begin(line, emulator, input).ended, 0, texts);
}

function judged(line: string, ended: Ended, code: number, texts: Texts): string {
  const missing = texts.filter((one) => (typeof one === 'string' ? !ended.output.includes(one) : !one.test(ended.output)));
  if (ended.code === code && missing.length === 0) return ended.output;
  const wanted = missing.map((one) => `  it lacks: ${one}`);
  const last = ended.output.trimEnd().split('\n').slice(-25);
  throw new RehearsalError([`$ ${line}`, `  exit code ${ended.code}, expected ${code}`, ...wanted, ...last].join('\n'));
}

/** The command line after an arrow. @throws RehearsalError where there is none */
export function commandIn(output: string): string {
  const [, line] = /→ (aws .*)/.exec(output) ?? [];
  if (line === undefined) throw new RehearsalError(`no command to run:\n${output}`);
  return line;
}
