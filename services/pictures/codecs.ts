import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import avifEncoder from '@jsquash/avif/codec/enc/avif_enc.js';
import avifEncoderWasm from '@jsquash/avif/codec/enc/avif_enc.wasm';
import { defaultOptions as avifOptions } from '@jsquash/avif/meta.js';
import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import jpegDecoderWasm from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import { initSync as initPng, decode as pngDecode } from '@jsquash/png/codec/pkg/squoosh_png.js';
import pngWasm from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm';
import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.js';
import webpDecoderWasm from '@jsquash/webp/codec/dec/webp_dec.wasm';
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import webpEncoderWasm from '@jsquash/webp/codec/enc/webp_enc_simd.wasm';
import { defaultOptions as webpOptions } from '@jsquash/webp/meta.js';
import type { PictureForm, ServedForm } from '../catalogue/picture-form';
import type { Pixels } from './resize';

const compiled = (path: string): WebAssembly.Module => new WebAssembly.Module(readFileSync(join(__dirname, path)));

/** For Emscripten's factories, which would fetch the file by a URL. */
const fromFile = (path: string) => ({
  noInitialRun: true,
  locateFile: (name: string): string => name,
  instantiateWasm: (imports: WebAssembly.Imports, use: (instance: WebAssembly.Instance) => void): WebAssembly.Exports => {
    const instance = new WebAssembly.Instance(compiled(path), imports);
    use(instance);
    return instance.exports;
  },
});

/** Of the whole bytes; null or an exception of any kind: they are broken. A JPEG is turned as its Exif says. */
export const decoders: Readonly<Record<PictureForm, (bytes: Uint8Array) => Promise<Pixels | null>>> = {
  jpeg: async (bytes) => (await jpegDecoder(fromFile(jpegDecoderWasm))).decode(bytes, true),
  png: async (bytes) => {
    initPng(compiled(pngWasm as unknown as string)); // its package declares what it exports
    return pngDecode(bytes);
  },
  webp: async (bytes) => (await webpDecoder(fromFile(webpDecoderWasm))).decode(bytes),
};

export type Encoders = Readonly<Record<ServedForm, (pixels: Pixels) => Uint8Array | null>>;

/** Quality is Squoosh's, whose defaults look alike. AVIF at 8 of 10: 6 takes twice the time for a picture that is a quarter smaller (docs/decisions/36-pictures.md). */
export async function createEncoders(): Promise<Encoders> {
  const [avif, webp] = [await avifEncoder(fromFile(avifEncoderWasm)), await webpEncoder(fromFile(webpEncoderWasm))];
  return {
    avif: ({ data, width, height }) => avif.encode(data, width, height, { ...avifOptions, speed: 8 }),
    webp: ({ data, width, height }) => webp.encode(data, width, height, webpOptions),
  };
}
