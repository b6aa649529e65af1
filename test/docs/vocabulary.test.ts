import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { root, textOf } from './commands-in-documents';

/** Names that this project once had for things that have a usual name: whoever searches for the usual word shall find them. */
const usualNames: Readonly<Record<string, string>> = {
  announcements: 'pendingInvalidations',
  asks: 'required',
  breaksFirst: 'bottleneck',
  carries: 'maxLoad or capacity',
  documentsUsd: 'targetUsdPerMonth',
  folded: 'collapsible',
  foreign: 'external, or what it is: a saved template, a custom container',
  giveBack: 'releaseStock',
  handedOn: 'passthroughOptions',
  holdings: 'statefulTypes',
  inWords: 'format…',
  isDatabaseAway: 'isDatabaseUnavailable',
  leftOut: 'excluded…',
  legible: 'parseValidFields',
  monthlyUsd: 'usdPerMonth',
  offences: 'violations',
  oneWay: 'irreversible',
  ownMetric: 'customMetric',
  paint: 'colorize',
  plainStore: 'defaultContext',
  remedy: 'recommendedUpgrade',
  says: 'description',
  storeShown: 'dashboardContext',
  told: 'what it does: withLoad, notes, informational',
  toldBeside: 'informational',
  untouched: 'unchanged',
  watching: 'alarmCoverage',
  wayBack: 'rollback',
  wayRound: 'workaround',
  words: 'text, summary or message',
};

const files = globSync('{alarms,bin,lib,services}/**/*.ts', { cwd: root });

/** Code without its comments and texts, in which these may be words of a sentence. */
function codeOf(source: string): string {
  return source
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/(?<![:'"`])\/\/.*$/gm, '')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replaceAll(/`(?:[^`\\$]|\\.|\$(?!\{))*`/g, '``');
}

function retiredNamesIn(source: string): readonly string[] {
  const names = new Set(codeOf(source).match(/[A-Za-z]\w*/g));
  return Object.entries(usualNames).flatMap(([retired, usual]) => (names.has(retired) ? [`${retired} → ${usual}`] : []));
}

test('code uses the usual names', () => {
  const found = files.flatMap((file) => retiredNamesIn(textOf(file)).map((name) => `${file}: ${name}`));
  expect(files.length).toBeGreaterThan(450);
  expect(found).toEqual([]);
});

test('files have the usual names', () => {
  const retired = new Set(Object.keys(usualNames).map((name) => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()));
  expect(files.filter((file) => retired.has(basename(file, '.ts')))).toEqual([]);
});

test('a retired name is found in code, and not in a sentence', () => {
  expect(retiredNamesIn('const words = `${told}`;')).toEqual([
    'told → what it does: withLoad, notes, informational',
    'words → text, summary or message',
  ]);
  expect(retiredNamesIn("// nobody is told\nconst a = 'says'; /* carries */")).toEqual([]);
});
