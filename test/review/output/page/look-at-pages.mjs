/**
 * Looks at pages in Chromium and writes what it saw as JSON. A process of its own, since puppeteer is an ES module; plain Node runs it:
 * node look-at-pages.mjs CHROMIUM FILE...
 */
import { pathToFileURL } from 'node:url';
import { launch } from 'puppeteer-core';

const widths = [360, 390, 768, 1280];
const [executablePath, ...files] = process.argv.slice(2);
const browser = await launch({ executablePath, args: ['--no-sandbox'] }); // which root in a container needs
try {
  const seen = [];
  for (const file of files) seen.push(await lookAt(file));
  process.stdout.write(JSON.stringify(seen));
} finally {
  await browser.close();
}

async function lookAt(file) {
  const page = await browser.newPage();
  const told = [];
  page.on('console', (message) => told.push(message.text()));
  page.on('pageerror', (error) => told.push(String(error)));
  page.on('request', (request) => told.push(`request of ${request.url().replace(/.*\//, '')}`));
  await page.goto(pathToFileURL(file).href);
  const collapsible = { afterLink: await afterLink(page), inPrint: await inPrint(page), pages: await printedPages(page) };
  await page.$$eval('details', (folds) => folds.forEach((fold) => fold.setAttribute('open', '')));
  const atWidth = {};
  for (const width of widths) {
    await page.setViewport({ width, height: 900 });
    atWidth[width] = await page.evaluate(layout);
  }
  const weak = {};
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    weak[scheme] = await page.evaluate(weakContrasts);
  }
  await page.close();
  return { told, collapsible, atWidth, weak };
}

/** Pixels of a folded change, after a click on the link to it. */
async function afterLink(page) {
  const link = await page.$('a[href^="#change-"]');
  if (!link) return undefined;
  await link.click();
  return page.evaluate(() => document.querySelector(':target')?.clientHeight);
}

/** Pixels of a change that is folded on the screen, on paper. */
async function inPrint(page) {
  await page.emulateMediaType('print');
  const height = await page.evaluate(
    () => document.querySelector('details:not([open]) .collapsible')?.getBoundingClientRect().height,
  );
  await page.emulateMediaType();
  return height;
}

async function printedPages(page) {
  const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/* oxlint-disable unicorn/consistent-function-scoping -- what follows runs in the page, where nothing of this file is */
function layout() {
  const short = (element) => element.outerHTML.slice(0, 120);
  const all = [...document.querySelectorAll('body *')];
  return {
    scrollWidth: document.documentElement.scrollWidth,
    /** Sticks out of the window, and not inside a box that scrolls or cuts. */
    outside: all
      .filter((one) => !one.closest('.scroll > *, pre > *, svg > *') && one.getBoundingClientRect().right > innerWidth + 0.5)
      .map(short),
    /** Scrolls sideways, and no key reaches it. */
    unreachable: all
      .filter((one) => getComputedStyle(one).overflowX === 'auto' && one.scrollWidth > one.clientWidth && one.tabIndex < 0)
      .map(short),
    /** How many of its pictures each chart shows. */
    pictures: [...document.querySelectorAll('.chart')].map(
      (chart) => [...chart.children].filter((one) => one.clientHeight > 0).length,
    ),
  };
}

/** Texts with less than the 4.5:1 of WCAG AA to what is behind them; what stands on a bar of a chart is told by the bar's own colour. */
function weakContrasts() {
  const numbers = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = numbers(colour).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    const { backgroundColor } = getComputedStyle(element ?? document.body);
    return element && numbers(backgroundColor)[3] === 0 ? behind(element.parentElement) : backgroundColor;
  };
  const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const contrast = (element) => {
    const { fill, color } = getComputedStyle(element);
    if (!(element instanceof SVGElement)) return ratio(luminance(color), luminance(behind(element)));
    const onBar = element.getAttribute('fill') === 'var(--on-part)';
    const grounds = onBar ? bars(element.ownerSVGElement) : [behind(element)];
    return Math.min(...grounds.map((ground) => ratio(luminance(fill), luminance(ground))));
  };
  const bars = (picture) => [...picture.querySelectorAll('[fill^="var(--part-"]')].map((bar) => getComputedStyle(bar).fill);
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '');
  return [...document.querySelectorAll('body *:not(title, desc)')]
    .filter(hasText)
    .filter((element) => contrast(element) < 4.5)
    .map((element) => `${contrast(element).toFixed(1)} ${element.outerHTML.slice(0, 120)}`);
}
