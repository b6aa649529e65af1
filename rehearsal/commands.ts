import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Emulator, folder } from './emulator';

const root = resolve(__dirname, '..');

interface Ended {
  readonly code: number;
  /** Of both streams, as they came. */
  readonly output: string;
}

let count = 0;

/** Runs a command line of the documents as it stands, against the emulator; its output is kept in the rehearsal's folder. */
function run(line: string, { environment }: Emulator): Promise<Ended> {
  count += 1;
  const log = createWriteStream(join(folder, `${String(count).padStart(2, '0')}.log`));
  log.write(`$ ${line}\n`);
  const child = spawn(line, { cwd: root, env: environment, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += String(chunk);
      log.write(chunk);
    });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      log.end();
      done({ code: code ?? 1, output });
    });
  });
}

/** A step found something else than it should. The message is the whole text for the user. */
export class RehearsalError extends Error {}

/** What is wrong, each on a line; of very many the first. */
export function listOf(heading: string, all: readonly string[]): string {
  const most = 25;
  const rest = all.length > most ? [`and ${all.length - most} more`] : [];
  return [heading, ...all.slice(0, most).map((text) => text.slice(0, 600)), ...rest].join('\n  ');
}

/** @throws RehearsalError with what came instead */
export async function expect(
  line: string,
  emulator: Emulator,
  code: number,
  ...texts: readonly (string | RegExp)[]
): Promise<void> {
  const ended = await run(line, emulator);
  const missing = texts.filter((text) => (typeof text === 'string' ? !ended.output.includes(text) : !text.test(ended.output)));
  if (ended.code === code && missing.length === 0) return;
  const wanted = missing.map((text) => `  it lacks: ${text}`);
  const last = ended.output.trimEnd().split('\n').slice(-25);
  throw new RehearsalError([`$ ${line}`, `  exit code ${ended.code}, expected ${code}`, ...wanted, ...last].join('\n'));
}
