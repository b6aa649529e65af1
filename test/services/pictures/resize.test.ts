import * as fc from 'fast-check';
import { resize } from '../../../services/pictures/resize';

const pixel = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
const sides = fc.record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) });
const smaller = sides.chain((from) =>
  fc.record({
    from: fc.constant(from),
    to: fc.record({ width: fc.integer({ min: 1, max: from.width }), height: fc.integer({ min: 1, max: from.height }) }),
    pixels: fc.array(pixel, { minLength: from.width * from.height, maxLength: from.width * from.height }),
  }),
);

const opacityOf = (data: Uint8ClampedArray): number => {
  let sum = 0;
  for (let at = 3; at < data.length; at += 4) sum += data[at] ?? 0;
  return sum / (data.length / 4);
};

test('the mean opacity stays, and no colour comes that no pixel had as much or as little of', () => {
  fc.assert(
    fc.property(smaller, ({ from, to, pixels }) => {
      const data = Uint8ClampedArray.from(pixels.flat());
      const result = resize({ data, ...from }, to);
      expect([result.width, result.height, result.data.length]).toEqual([to.width, to.height, to.width * to.height * 4]);
      expect(Math.abs(opacityOf(result.data) - opacityOf(data))).toBeLessThanOrEqual(1);
      const visible = pixels.filter(([, , , opacity]) => opacity > 0);
      for (let at = 0; at < result.data.length; at += 4) {
        if (result.data[at + 3] === 0) continue;
        for (const colour of [0, 1, 2] as const) {
          const values = visible.map((one) => one[colour]);
          expect(result.data[at + colour]).toBeGreaterThanOrEqual(Math.min(...values));
          expect(result.data[at + colour]).toBeLessThanOrEqual(Math.max(...values));
        }
      }
    }),
    { seed: 20261129 },
  );
});

test('half the size is the mean of squares, and what is transparent has no colour in it', () => {
  const data = Uint8ClampedArray.from([200, 0, 0, 255, 100, 0, 0, 255, 0, 255, 0, 0, 0, 255, 0, 0]);
  expect([...resize({ data, width: 2, height: 2 }, { width: 1, height: 1 }).data]).toEqual([150, 0, 0, 128]);
});

test('of three pixels, two have one and a half each', () => {
  const data = Uint8ClampedArray.from([0, 0, 0, 255, 90, 0, 0, 255, 210, 0, 0, 255]);
  expect([...resize({ data, width: 3, height: 1 }, { width: 2, height: 1 }).data]).toEqual([30, 0, 0, 255, 170, 0, 0, 255]);
});
