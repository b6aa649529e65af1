import { crc32, deflateSync } from 'node:zlib';

/** A PNG of one colour, without transparency. */
export function png(width: number, height: number): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // eight bits a colour, three colours
  const rows = Buffer.alloc(height * (1 + width * 3), 0x80);
  for (let y = 0; y < height; y += 1) rows[y * (1 + width * 3)] = 0; // no filter
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), 4 + named.length);
  return framed;
}

/** 48 × 32 pixels, the left half red and the right half blue. */
export const jpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wCEAAoKCgoKCgsMDAsPEA4QDxYUExMUFiIYGhgaGCIzICUgICUgMy03LCksNy1RQDg4QFFeT0pPXnFlZXGPiI+7u/sB' +
    'CgoKCgoKCwwMCw8QDhAPFhQTExQWIhgaGBoYIjMgJSAgJSAzLTcsKSw3LVFAODhAUV5PSk9ecWVlcY+Ij7u7+//CABEIACAAMAMBIgACEQEDEQH/xAAqAAEB' +
    'AQAAAAAAAAAAAAAAAAAABQYBAQEBAAAAAAAAAAAAAAAAAAYHBf/aAAwDAQACEAMQAAAAz4yaWj2I7AkDAjYEfraPYjsCQMCP/8QAFBABAAAAAAAAAAAAAAAA' +
    'AAAAQP/aAAgBAQABPwBH/8QAGREAAgMBAAAAAAAAAAAAAAAABhBEg8IA/9oACAECAQE/AOFJ1WmKTqtL/8QAGREAAgMBAAAAAAAAAAAAAAAABhBEg8IA/9oA' +
    'CAEDAQE/AOKYVmWUwrMr/9k=',
  'base64',
);

/** The same with Exif that says "turn it by a quarter", and where it was taken. */
export const turnedJpeg = Buffer.concat([jpeg.subarray(0, 2), exif('secret place'), jpeg.subarray(2)]);

function exif(place: string): Buffer {
  const tiff = Buffer.from('4d4d002a000000080002011200030000000100060000010e00020000000d0000002600000000', 'hex');
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(`${place}\0`, 'latin1')]);
  const segment = Buffer.alloc(4);
  segment.set([0xff, 0xe1]);
  segment.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([segment, body]);
}
