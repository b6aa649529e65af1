import { writeFileSync, writeSync } from 'node:fs';
import { setPriority } from 'node:os';
import { buffer } from 'node:stream/consumers';
import {
  brokenExitCode,
  type EncodedHead,
  heightAt,
  type PictureForm,
  type ServedForm,
  servedTypes,
  widthsOf,
} from '../catalogue/picture-form';
import { createEncoders, decoders } from './codecs';
import { type Pixels, resize } from './resize';

/**
 * Turns one picture into what is served: the original comes by stdin, its form is the first argument, and what is made of it goes to stdout (`EncodedHead`).
 * A process of its own, since a picture that was made to harm may keep a decoder busy for ever, take all memory, or end its process.
 */
async function main(): Promise<void> {
  setPriority(19); // the queues come first
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000'); // where memory ends, this process ends and not the worker
  } catch {
    // not on Linux
  }
  let pixels = await decode(process.argv[2] as PictureForm);
  collect();
  const encoders = await createEncoders();
  const original = { width: pixels.width, height: pixels.height };
  for (const width of widthsOf(original).toReversed()) {
    pixels = resize(pixels, { width, height: heightAt(original, width) });
    collect();
    for (const form of Object.keys(servedTypes) as ServedForm[]) {
      const bytes = encoders[form](pixels);
      if (!bytes) throw new Error(`${form} of ${width} pixels failed`);
      const head: EncodedHead = { form, width: pixels.width, height: pixels.height, bytes: bytes.byteLength };
      write(Buffer.from(`${JSON.stringify(head)}\n`));
      write(bytes);
    }
  }
}

/** V8 knows little of what buffers and decoders hold, and lets them stay; the worker starts this with `--expose-gc`. */
const collect = (): void => (globalThis as { gc?: () => void }).gc?.();

async function decode(form: PictureForm): Promise<Pixels> {
  const bytes = await buffer(process.stdin);
  collect(); // the pieces of it
  const decoded = await decoders[form](bytes).catch(() => null); // each says it in its own way
  if (!decoded) return process.exit(brokenExitCode);
  return { data: decoded.data, width: decoded.width, height: decoded.height };
}

/** A pipe that is full for a moment throws. */
function write(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
