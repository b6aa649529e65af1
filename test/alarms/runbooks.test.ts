import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { catalogue } from '../../alarms/catalogue/catalogue';
import type { Catalogue, Part } from '../../alarms/definition';
import { partTitles, settingsThatChangeAlarms } from '../../alarms/page/alarms-page';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { fourSizes, storeConfig, templateOf } from '../support/stores';

const page = readFileSync(join(__dirname, '../../docs/runbooks.md'), 'utf8');

interface Runbook {
  readonly id: string;
  /** Heading of the group that it stands in. */
  readonly group: string;
  readonly text: string;
}

const runbooks: readonly Runbook[] = page.split(/^## /m).flatMap((group) => {
  const [, ...sections] = group.split(/^### /m);
  return sections.map((section) => ({ id: firstLine(section), group: firstLine(group), text: section }));
});

/** The sizes, each also with the settings that change what watches it. */
const catalogues: readonly Catalogue[] = tierNames.flatMap((tier) =>
  [{}, ...settingsThatChangeAlarms.map(({ settings }) => settings)].map((settings) => catalogue(storeConfig(tier, settings))),
);

/** What a section is for → its part. */
const watched = new Map<string, Part>(
  catalogues.flatMap(({ alarms, composites, notices }) => [
    ...composites.map(({ id, part }) => [id, part] as const),
    ...alarms.map(({ rule, part }) => [rule, part] as const),
    ...notices.map(({ id, part }) => [id, part] as const),
  ]),
);

test('every alarm, composite and notice of every size and setting has its section', () => {
  expect(watched.size).toBeGreaterThan(55);
  expect([...watched.keys()].filter((id) => !runbooks.some((runbook) => runbook.id === id))).toEqual([]);
});

test('no section is left over from an alarm that is gone', () => {
  expect(runbooks.map(({ id }) => id).filter((id) => !watched.has(id))).toEqual([]);
});

test('each section stands in the group of its part, the groups in the order of the alarms page', () => {
  expect(runbooks.map(({ id, group }) => [id, group])).toEqual(
    runbooks.map(({ id }) => [id, partTitles[watched.get(id) ?? 'store']]),
  );
  const groups = [...new Set(runbooks.map(({ group }) => group))];
  expect(groups).toEqual(Object.values(partTitles).filter((title) => groups.includes(title)));
});

test('the anchor that GitHub gives a section is its id: no two headings share one', () => {
  const anchors = headings(page).map(anchorOf);
  expect(anchors.filter((anchor, index) => anchors.indexOf(anchor) !== index)).toEqual([]);
  expect(runbooks.map(({ id }) => anchorOf(id))).toEqual(runbooks.map(({ id }) => id));
});

test('every link within the page leads to a heading', () => {
  const anchors = new Set(headings(page).map(anchorOf));
  const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor ?? '');
  expect(links.length).toBeGreaterThan(50);
  expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([]);
});

const pieces = ['What customers notice', 'First look', 'Likely causes', 'Now', 'For good'];

test.each(runbooks.map(({ id, text }) => [id, text] as const))(
  '%s has its five pieces in order, and commands to paste',
  (_, text) => {
    expect([...text.matchAll(/^- \*\*([^*]+)\*\*: \S/gm)].map(([, name]) => name)).toEqual(pieces);
    expect(piece(text, 'First look')).toMatch(/^ {2}```sh\n {2}\S/m);
    expect(piece(text, 'Now')).toMatch(/^ {2}```sh\n {2}\S/m);
  },
);

/** Settings as they stand in the text, with the size that is named behind them: `"database": { "proxy": true }` in small. */
const settings = [...page.matchAll(/`("[A-Za-z]+": [^`]+)`(?:\s(?:in\s|\()(small|medium|large|enterprise))?/g)].map(
  ([, line = '', tier]) =>
    [line.replace(/\s+/g, ' '), tier === undefined ? tierNames : tierNames.filter((name) => name === tier)] as const,
);

test('settings are told as lines to paste, many with the size that they are meant for', () => {
  expect(settings.length).toBeGreaterThan(60);
  expect(settings.filter(([, tiers]) => tiers.length === 1).length).toBeGreaterThan(25);
});

test.each(settings)('%s is a setting that a store of %j takes, of several at least one, and that changes it', (line, tiers) => {
  const pasted = JSON.parse(`{${line}}`) as Record<string, unknown>;
  const takes = (tier: TierName) => refusal(() => storeConfig(tier, pasted)) === undefined;
  const changed = (tier: TierName) => !isDeepStrictEqual(storeConfig(tier, pasted), storeConfig(tier));
  expect(tiers.map((tier) => takes(tier) && changed(tier))).toContain(true);
});

/** Logical IDs, without the hash at their end, that commands look resources up by. */
const lookedUp = [
  ...new Set([...page.matchAll(/\$\(part (?:'([^']+)'|([A-Za-z0-9$]+))\)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')),
].flatMap((id) =>
  id.endsWith('$queue') ? ['Email', 'Notifications', 'Payments', 'Analytics'].map((queue) => id.replace('$queue', queue)) : [id],
);

test('commands look resources up', () => {
  expect(lookedUp.length).toBeGreaterThan(15);
});

const others = [{ app: { site: { image: 'ghcr.io/acme/site:1.0.0' } } }, { jobsCache: {} }].map((given) =>
  templateOf('small', given),
);

test.each(lookedUp)('%s is one resource of the stack, in each store that has it', (id) => {
  const pattern = new RegExp(`^${id}[0-9A-F]{8}$`);
  const stores = [...fourSizes().map(([, template]) => template), ...others];
  const matches = stores.map(({ Resources }) => Object.keys(Resources).filter((logicalId) => pattern.test(logicalId)).length);
  expect(Math.max(...matches)).toBe(1);
});

test('every output that a command reads is one of the stack', () => {
  const outputs = [...page.matchAll(/\boutput ([A-Z]\w+)/g)].map(([, name]) => name ?? '');
  const [smallest] = fourSizes();
  expect(new Set(outputs)).toEqual(new Set(['DatabaseTunnelCommand', 'Tier', 'UploadSiteCommand', 'Url']));
  expect(Object.keys(smallest?.[1].Outputs ?? {})).toEqual(expect.arrayContaining(outputs));
});

test('what pages stands at the top', () => {
  const top = page.slice(0, page.indexOf('\n## '));
  const paging = [
    ...catalogues.flatMap(({ composites }) => composites).map(({ id, notifies }) => [id, notifies] as const),
    ...catalogues.flatMap(({ alarms }) => alarms).map(({ rule, notifies }) => [rule, notifies] as const),
  ].flatMap(([id, notifies]) => (notifies === 'page' ? id : []));
  const linked = new Set([...top.matchAll(/\(#([^)]+)\)/g)].map(([, anchor]) => anchor));
  expect(linked).toEqual(new Set(paging));
});

function firstLine(text: string): string {
  return text.slice(0, text.indexOf('\n'));
}

/** Headings, without the comments of commands, which look like them. */
function headings(markdown: string): string[] {
  const prose = markdown.replace(/^ *```sh\n[\s\S]*?^ *```$/gm, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading ?? '');
}

/** As GitHub makes it: lower case, no punctuation, hyphens for spaces. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function piece(text: string, name: string): string {
  const from = text.indexOf(`- **${name}**`);
  const to = text.indexOf('\n- **', from);
  return text.slice(from, to < 0 ? undefined : to);
}

function refusal(load: () => unknown): string | undefined {
  try {
    load();
    return undefined;
  } catch (error) {
    return String(error);
  }
}
