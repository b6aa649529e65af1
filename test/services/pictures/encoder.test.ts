import { join } from 'node:path';
import * as fc from 'fast-check';
import type { PictureForm } from '../../../services/catalogue/picture-form';
import { picturesProgram } from '../../../services/contract';
import { bundleFolder } from '../../../services/image/bundle-folder';
import { type EncodedPicture, EncodingError, encodePicture } from '../../../services/worker/encode-picture';
import { pictureHeader } from '../../../services/worker/picture-header';
import { jpeg, png, turnedJpeg } from './originals';

const program = join(bundleFolder('services'), picturesProgram);
const never = AbortSignal.any([]);
const encode = (form: PictureForm, original: Buffer, limitMs = 60_000, signal = never) =>
  encodePicture({ program, form, original, limitMs, signal });

/** What each file itself says that it is. */
const seen = ({ body }: EncodedPicture) => {
  if (body.toString('latin1', 4, 12) !== 'ftypavif') return pictureHeader(body);
  const size = body.indexOf('ispe') + 8; // of ISO/IEC 23008-12, 6.5.3
  return { form: 'avif', size: { width: body.readUInt32BE(size), height: body.readUInt32BE(size + 4) } };
};

test('a wide PNG becomes AVIF and WebP of each width up to its own', async () => {
  const encoded = await encode('png', png(1_000, 500));
  const sizes = [
    { width: 1_000, height: 500 },
    { width: 800, height: 400 },
    { width: 400, height: 200 },
  ];
  expect(encoded.map(seen)).toEqual(sizes.flatMap((size) => ['avif', 'webp'].map((form) => ({ form, size }))));
  expect(encoded.map(({ form, width, height }) => ({ form, size: { width, height } }))).toEqual(encoded.map(seen));
});

test('a small JPEG is not enlarged, and a WebP may be an original', async () => {
  const [, webp] = await encode('jpeg', jpeg);
  expect(webp && seen(webp)).toEqual({ form: 'webp', size: { width: 48, height: 32 } });
  expect((await encode('webp', webp?.body ?? Buffer.alloc(0))).map(seen)).toEqual([
    { form: 'avif', size: { width: 48, height: 32 } },
    { form: 'webp', size: { width: 48, height: 32 } },
  ]);
});

test('a JPEG is turned as its Exif says, and nothing else of that is served', async () => {
  const encoded = await encode('jpeg', turnedJpeg);
  expect(encoded.map(seen)).toEqual([
    { form: 'avif', size: { width: 32, height: 48 } },
    { form: 'webp', size: { width: 32, height: 48 } },
  ]);
  expect(turnedJpeg.includes('secret place')).toBe(true);
  for (const { body } of encoded) expect([body.includes('secret'), body.includes('Exif')]).toEqual([false, false]);
});

test.each([
  ['jpeg', Buffer.alloc(0)],
  ['jpeg', Buffer.from('ffd8ff', 'hex')],
  ['png', png(10, 10).subarray(0, 40)],
  ['webp', Buffer.from('RIFF----WEBPVP8 ')],
] as const)('what begins as %s and is none is broken', async (form, original) => {
  await expect(encode(form, original)).rejects.toMatchObject({ name: 'EncodingError', reason: 'broken' });
});

test('bytes that were changed end in pictures or in an error that says which, and never this process', async () => {
  const [, webp] = await encode('jpeg', jpeg);
  const originals = { jpeg, png: png(20, 20), webp: webp?.body ?? Buffer.alloc(0) };
  const changed = fc.record({
    form: fc.constantFrom<PictureForm>('jpeg', 'png', 'webp'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
    cut: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(changed, async ({ form, at, bytes, cut }) => {
      const original = Buffer.from(originals[form]);
      const place = Math.floor(at * original.length);
      original.set(bytes.subarray(0, original.length - place), place);
      const told = await encode(form, cut ? original.subarray(0, place) : original).then(
        (pictures) => pictures.length > 0,
        (error: unknown) => error instanceof EncodingError,
      );
      expect(told).toBe(true);
    }),
    { seed: 20261129, numRuns: 15 },
  );
});

test('what takes too long is ended', async () => {
  await expect(encode('png', png(1_600, 1_600), 1)).rejects.toMatchObject({ reason: 'failed' });
});

test('an encoder that is not there, or ends by itself, is not the picture’s fault', async () => {
  const missing = encodePicture({ program: '/nowhere.js', form: 'png', original: png(1, 1), limitMs: 60_000, signal: never });
  await expect(missing).rejects.toMatchObject({ reason: 'failed' });
});

test('whoever stops ends it, and hears the reason', async () => {
  const stopping = new AbortController();
  const encoding = encode('png', png(1_600, 1_600), 60_000, stopping.signal);
  stopping.abort(new Error('The worker stops'));
  await expect(encoding).rejects.toThrow('The worker stops');
  await expect(encode('png', png(1, 1), 60_000, stopping.signal)).rejects.toThrow('The worker stops');
});
