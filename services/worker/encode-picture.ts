import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { brokenExitCode, type EncodedHead, type PictureForm } from '../catalogue/picture-form';

export interface EncodedPicture extends EncodedHead {
  readonly body: Buffer;
}

/** Why nothing came of it. `failed`: it took too long or too much memory, or the encoder itself is broken: nobody knows which. */
export class EncodingError extends Error {
  constructor(
    readonly reason: 'broken' | 'failed',
    detail: string,
  ) {
    super(`A picture was not encoded (${reason}): ${detail}`);
    this.name = 'EncodingError';
  }
}

/** Bytes of everything that is made of one picture: an assumption, ten times what noise takes. */
const mostEncodedBytes = 30 * 1024 * 1024;

export interface EncodePictureProps {
  /** Path of the encoder in the bundle. */
  readonly program: string;
  readonly form: PictureForm;
  readonly original: Buffer;
  readonly limitMs: number;
  /** Ends it too; the promise then rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/**
 * Everything that is made of one picture, by a process of its own (services/pictures/main.ts), which may die as it likes. It gets none of the worker's
 * environment, and with it none of its rights.
 * @throws {EncodingError}
 */
export async function encodePicture({ program, form, original, limitMs, signal }: EncodePictureProps): Promise<EncodedPicture[]> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, ['--expose-gc', program, form], { env: {}, stdio: ['pipe', 'pipe', 'pipe'] });
  const kill = (): void => void child.kill('SIGKILL');
  const timer = setTimeout(kill, limitMs);
  signal.addEventListener('abort', kill);
  const chunks: Buffer[] = [];
  let bytes = 0;
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > mostEncodedBytes) kill();
    else chunks.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(0, 1_000)));
  child.stdin.on('error', () => undefined); // it ended before it had read everything: its exit says why
  child.stdin.end(original);
  try {
    const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    signal.throwIfAborted();
    if (code !== 0)
      throw new EncodingError(code === brokenExitCode ? 'broken' : 'failed', `${killedBy ?? `exit ${code}`} ${said}`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', kill);
  }
  return encodedPictures(Buffer.concat(chunks));
}

function encodedPictures(output: Buffer): EncodedPicture[] {
  const pictures: EncodedPicture[] = [];
  for (let at = 0; at < output.byteLength; ) {
    const start = output.indexOf('\n', at) + 1;
    const head = JSON.parse(output.toString('utf8', at, start)) as EncodedHead;
    at = start + head.bytes;
    pictures.push({ ...head, body: output.subarray(start, at) });
  }
  return pictures;
}
