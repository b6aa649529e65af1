import type { Size } from '../catalogue/picture-form';

/** RGBA, a byte each, colours not multiplied by their opacity. */
export interface Pixels extends Size {
  readonly data: Uint8ClampedArray;
}

/** Makes a picture smaller: each pixel is the mean of the area that it covers, colours weighted by their opacity. Takes no memory but the result's. */
export function resize(from: Pixels, { width, height }: Size): Pixels {
  if (from.width === width && from.height === height) return from;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const rows = span(y, height, from.height);
    for (let x = 0; x < width; x += 1) average(from, span(x, width, from.width), rows, data, (y * width + x) * 4);
  }
  return { data, width, height };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What one of `parts` equal parts covers of a length. */
const span = (index: number, parts: number, length: number): Span => ({
  start: (index * length) / parts,
  end: Math.min(((index + 1) * length) / parts, length),
});

function average(from: Pixels, columns: Span, rows: Span, to: Uint8ClampedArray, at: number): void {
  let red = 0;
  let green = 0;
  let blue = 0;
  let opacity = 0;
  let area = 0;
  for (let y = Math.floor(rows.start); y < rows.end; y += 1) {
    const ofRow = Math.min(y + 1, rows.end) - Math.max(y, rows.start);
    for (let x = Math.floor(columns.start); x < columns.end; x += 1) {
      const share = ofRow * (Math.min(x + 1, columns.end) - Math.max(x, columns.start));
      const pixel = (y * from.width + x) * 4;
      const visible = share * (from.data[pixel + 3] as number);
      red += visible * (from.data[pixel] as number);
      green += visible * (from.data[pixel + 1] as number);
      blue += visible * (from.data[pixel + 2] as number);
      opacity += visible;
      area += share;
    }
  }
  if (opacity === 0) return; // transparent black
  to[at] = red / opacity;
  to[at + 1] = green / opacity;
  to[at + 2] = blue / opacity;
  to[at + 3] = opacity / area;
}
