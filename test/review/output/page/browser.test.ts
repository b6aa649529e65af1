import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { reviewPage } from '../../../../lib/review/output/page/review-page';
import type { Report } from '../../../../lib/review/report';
import { tierNames } from '../../../../lib/tiers/tier';
import { findChromium } from './find-chromium';
import { sampleChanges } from './sample-changes';
import { fullReport, realReview, reportOf } from './sample-report';

/** What look-at-pages.mjs saw of one page, all that is folded open unless it says otherwise. */
interface Seen {
  /** Requests, messages of the console and errors. */
  readonly told: readonly string[];
  /** Pixels of what is folded, and the pages of a PDF. */
  readonly collapsible: { readonly afterLink: number; readonly inPrint: number; readonly pages: number };
  readonly atWidth: Readonly<Record<string, Layout>>;
  /** Texts without enough contrast. */
  readonly weak: Readonly<Record<'light' | 'dark', readonly string[]>>;
}

interface Layout {
  readonly scrollWidth: number;
  readonly outside: readonly string[];
  readonly unreachable: readonly string[];
  readonly pictures: readonly number[];
}

const reports: Readonly<Record<string, () => Report>> = {
  'a sample with everything in it': fullReport,
  'the four sizes': () => reportOf(tierNames.map(realReview), { changes: sampleChanges() }),
};

const chromium = findChromium();
const inChromium = chromium === undefined ? describe.skip : describe;
const needs = chromium === undefined ? ' (skipped: apt-get install chromium, or set CHROMIUM_PATH)' : '';

inChromium(`the page in Chromium${needs}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'review-page-'));
  let seen: readonly Seen[] = [];

  beforeAll(async () => {
    const files = Object.values(reports).map((report, index) => {
      const file = join(folder, `${index}.html`);
      writeFileSync(file, reviewPage(report()));
      return file;
    });
    const look = [join(__dirname, 'look-at-pages.mjs'), chromium ?? '', ...files];
    const { stdout } = await promisify(execFile)(process.execPath, look, { maxBuffer: 2 ** 24 });
    seen = JSON.parse(stdout) as readonly Seen[];
  }, 120_000); // a browser starts; on a busy machine that takes a while

  afterAll(() => rmSync(folder, { recursive: true }));

  describe.each(Object.keys(reports))('of %s', (name) => {
    const page = (): Seen => {
      const one = seen[Object.keys(reports).indexOf(name)];
      if (!one) throw new Error(`nobody has looked at ${name}`);
      return one;
    };

    it('asks for nothing but itself and reports no error', () => {
      expect(page().told).toEqual([expect.stringMatching(/^request of \d\.html$/)]);
    });

    it.each([360, 390, 768, 1280])('fits into %i pixels', (width) => {
      const { scrollWidth, outside } = page().atWidth[width] ?? {};
      expect(scrollWidth).toBeLessThanOrEqual(width);
      expect(outside).toEqual([]);
    });

    it('lets a key scroll whatever scrolls sideways', () => {
      expect(page().atWidth[360]?.unreachable).toEqual([]);
    });

    it.each([360, 1280])('shows one picture of each chart at %i pixels', (width) => {
      expect(new Set(page().atWidth[width]?.pictures)).toEqual(new Set([1]));
    });

    it.each(['light', 'dark'] as const)('has enough contrast in the %s scheme', (scheme) => {
      expect(page().weak[scheme]).toEqual([]);
    });

    it('unfolds a change that a link leads to', () => {
      expect(page().collapsible.afterLink).toBeGreaterThan(0);
    });

    it('is printed with what is folded', () => {
      expect(page().collapsible.inPrint).toBeGreaterThan(0);
      expect(page().collapsible.pages).toBeGreaterThan(10);
    });
  });
});
