import type { PictureForm, Size } from '../catalogue/picture-form';

export interface PictureHeader {
  readonly form: PictureForm;
  /** undefined where the header is broken. */
  readonly size: Size | undefined;
}

/** What the first bytes say, whatever somebody calls the file: JPEG, PNG, WebP, or undefined for anything else. */
export function pictureHeader(bytes: Buffer): PictureHeader | undefined {
  if (bytes.length >= 3 && bytes.readUIntBE(0, 3) === 0xffd8ff) return { form: 'jpeg', size: jpegSize(bytes) };
  if (bytes.subarray(0, 8).equals(pngSignature)) return { form: 'png', size: pngSize(bytes) };
  if (text(bytes, 0) === 'RIFF' && text(bytes, 8) === 'WEBP') return { form: 'webp', size: webpSize(bytes) };
  return undefined;
}

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');

const text = (bytes: Buffer, at: number): string => bytes.toString('latin1', at, at + 4);

/** Of the first chunk, which is always `IHDR` (W3C, PNG, 11.2.1). */
const pngSize = (bytes: Buffer): Size | undefined =>
  bytes.length < 24 || text(bytes, 12) !== 'IHDR' ? undefined : sized(bytes.readUInt32BE(16), bytes.readUInt32BE(20));

/** Of the first frame header (ITU-T T.81, B.2.2), behind segments that each begin with a marker and its length. */
function jpegSize(bytes: Buffer): Size | undefined {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] as number;
    if (marker === 0xff)
      at += 1; // fills
    else if (isFrame(marker)) return sized(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
    else if (marker === 0xda)
      return undefined; // pixels before any frame
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** SOF0 to SOF15; three numbers between them are other things. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Of the first chunk (RFC 9649, 2.5 to 2.7; RFC 6386, 9.1). */
function webpSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 30) return undefined;
  switch (text(bytes, 12)) {
    case 'VP8 ':
      return sized(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return sized(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1);
    default:
      return undefined;
  }
}

const sized = (width: number, height: number): Size | undefined => (width > 0 && height > 0 ? { width, height } : undefined);
