import * as fc from 'fast-check';
import { pictureHeader } from '../../../services/worker/picture-header';
import { jpeg, png, turnedJpeg } from '../pictures/originals';

const webp = (chunk: string, more: string): Buffer =>
  Buffer.concat([Buffer.from(`RIFF----WEBP${chunk}----`, 'latin1'), Buffer.from(more.padEnd(40, '0'), 'hex')]);

test.each([
  ['a PNG', png(3, 2), { form: 'png', size: { width: 3, height: 2 } }],
  ['a JPEG', jpeg, { form: 'jpeg', size: { width: 48, height: 32 } }],
  ['a JPEG with Exif, before it is turned', turnedJpeg, { form: 'jpeg', size: { width: 48, height: 32 } }],
  ['a WebP with loss', webp('VP8 ', '0000009d012a40010002'), { form: 'webp', size: { width: 320, height: 512 } }],
  ['a WebP without loss', webp('VP8L', '2f3f810000'), { form: 'webp', size: { width: 320, height: 3 } }],
  ['a WebP with more chunks', webp('VP8X', '00000000ff0000030000'), { form: 'webp', size: { width: 256, height: 4 } }],
  ['a WebP of another chunk', webp('ANIM', ''), { form: 'webp', size: undefined }],
  ['a JPEG of no size', Buffer.from('ffd8ffc0000b080000000003', 'hex'), { form: 'jpeg', size: undefined }],
  ['a GIF', Buffer.from('GIF89a----------------'), undefined],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), undefined],
  ['an AVIF', Buffer.from('0000ftypavif'), undefined],
  ['nothing', Buffer.alloc(0), undefined],
])('%s', (_, bytes, expected) => {
  expect(pictureHeader(bytes)).toEqual(expected);
});

test('any bytes behind any beginning are told in order, without an exception', () => {
  const beginnings = ['', 'ffd8ff', 'ffd8ffe0', 'ffd8ffe00000', '89504e470d0a1a0a', '89504e470d0a1a0a0000000d49484452'].map(
    (hex) => Buffer.from(hex, 'hex'),
  );
  const webps = ['VP8 ', 'VP8L', 'VP8X', ''].map((chunk) => Buffer.from(`RIFF----WEBP${chunk}`, 'latin1'));
  fc.assert(
    fc.property(fc.constantFrom(...beginnings, ...webps), fc.uint8Array({ maxLength: 60 }), (beginning, rest) => {
      const { width = 1, height = 1 } = pictureHeader(Buffer.concat([beginning, rest]))?.size ?? {};
      expect(Math.min(width, height)).toBeGreaterThan(0);
    }),
    { seed: 20261129, numRuns: 2_000 },
  );
});
