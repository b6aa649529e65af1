import * as fc from 'fast-check';
import { heightAt, mostPixels, mostPixelsOnASide, widthsOf } from '../../../services/catalogue/picture-form';

test.each([
  [{ width: 4_032, height: 3_024 }, [400, 800, 1_600]],
  [{ width: 3_024, height: 4_032 }, [400, 800, 1_600]],
  [{ width: 1_600, height: 1_600 }, [400, 800, 1_600]],
  [{ width: 1_000, height: 500 }, [400, 800, 1_000]],
  [{ width: 800, height: 800 }, [400, 800]],
  [{ width: 48, height: 32 }, [48]],
  [{ width: 2_000, height: 6_000 }, [400, 800, 1_154]], // 4 million pixels
])('of %p there are %p', (size, widths) => {
  expect(widthsOf(size)).toEqual(widths);
});

test('whatever may be an original has one to three widths, none wider than it is, of a size that the encoder can hold', () => {
  const side = fc.integer({ min: 1, max: mostPixelsOnASide });
  fc.assert(
    fc.property(side, side, (width, height) => {
      fc.pre(width * height <= mostPixels.jpeg);
      const widths = widthsOf({ width, height });
      expect(widths.length).toBeGreaterThanOrEqual(1);
      expect(widths.length).toBeLessThanOrEqual(3);
      for (const wide of widths) {
        expect(wide).toBeLessThanOrEqual(width);
        expect(wide * heightAt({ width, height }, wide)).toBeLessThanOrEqual(4_000_000 + wide);
      }
    }),
    { seed: 20261129 },
  );
});
