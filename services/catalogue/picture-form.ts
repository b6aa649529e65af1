import { picturePrefixes } from '../contract';

/** What an original may be. An SVG runs scripts where it is opened, and a GIF is no picture of a product. */
export const pictureTypes = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;
export type PictureForm = keyof typeof pictureTypes;

/** What is made of it, in the order in which a browser is to choose. */
export const servedTypes = { avif: 'image/avif', webp: 'image/webp' } as const;
export type ServedForm = keyof typeof servedTypes;

/** Bytes of an original: an assumption, about twice what a phone's JPEG takes. */
export const mostPictureBytes = 15 * 1024 * 1024;

/**
 * Pixels of an original: decoding holds all of them at once, and the smallest task of the worker has 512 MiB (docs/decisions/36-pictures.md has what was
 * measured). 4032 × 3024, as phones take them, are 12.2 million, and a PNG of 3000 × 3000 fits.
 */
export const mostPixels: Readonly<Record<PictureForm, number>> = { jpeg: 13_000_000, png: 9_000_000, webp: 13_000_000 };

/** On a side: what WebP takes. */
export const mostPixelsOnASide = 16_383;

/** Pixels across: assumptions, for a tile of a list, a page on a phone and a page on a large screen. */
const widths = [400, 800, 1_600] as const;

/** Pixels of what is served: the encoder of AVIF takes some 35 bytes for each. */
const mostServedPixels = 4_000_000;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The widths that are made of an original, the narrowest first: three, or fewer where it is narrow itself. Never wider than it is; a tall one less wide. */
export function widthsOf({ width, height }: Size): number[] {
  const most = Math.min(width, widths[2], Math.max(1, Math.floor(Math.sqrt((mostServedPixels * width) / height))));
  return [...widths.filter((one) => one < most), most];
}

/** The height that goes with one of its widths. */
export const heightAt = ({ width, height }: Size, at: number): number => Math.max(1, Math.round((height * at) / width));

/** Why a picture is not served; each is what the worker found in its bytes. */
export const pictureRefusals = ['type-differs', 'too-many-pixels', 'broken', 'too-costly'] as const;
export type PictureRefusal = (typeof pictureRefusals)[number];

/** What the encoder writes: this as JSON on a line, then as many bytes; for each width and form. */
export interface EncodedHead extends Size {
  readonly form: ServedForm;
  readonly bytes: number;
}

/** Key of an object, and its path at the CDN: never written twice with other bytes, since each upload is a picture of its own. */
export const servedKey = (productId: string, pictureId: string, width: number, form: ServedForm): string =>
  `${picturePrefixes.served}${productId}/${pictureId}/${width}.${form}`;

/** Exit code of the encoder where it is the picture that is broken (EX_DATAERR of sysexits.h). */
export const brokenExitCode = 65;
