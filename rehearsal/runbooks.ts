import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tierNames } from '../lib/tiers/tier';
import { expect, listOf, RehearsalError } from './commands';
import { deployByApi } from './deploy-by-api';
import { type Emulator, folder } from './emulator';
import { shellOf } from './page';
import { image, templateOf } from './stack';

const page = 'docs/runbooks.md';
const [refusals, missingParts] = ['runbook-refusals.txt', 'runbook-parts.txt'].map((name) => join(folder, name)) as [
  string,
  string,
];

/** What the page leaves to whoever reads it. */
const filledIn: Readonly<Record<string, string>> = {
  CERTIFICATE_ARN: 'arn:aws:acm:us-east-1:000000000000:certificate/11111111-1111-4111-8111-111111111111',
  LEAST: '1',
  MOST: '2',
};
const given = 'touch certificate.pem key.pem chain.pem; CODE=L-00000000';

/** Programs that the page asks for and that are not rehearsed, and what waits. */
const standIns = ['psql() { :; }', 'curl() { :; }', 'sleep() { :; }', 'jq() { cat > /dev/null; }', 'sudo() { :; }'];

/**
 * Notes what the AWS CLI does not take: whatever fails without an answer of a service. What the emulator cannot do is an answer.
 */
const watched = `aws() {
  case " $* " in ' logs tail  '* | *' None '*) return 0 ;; esac # a part or a certificate that this store has not
  local said="${refusals}.$BASHPID" code=0
  command aws "$@" 2> "$said" || code=$?
  [ "$code" = 0 ] || grep -q 'An error occurred (' "$said" || echo "aws $*: $(tail -n 1 "$said")" >> "${refusals}"
  rm -f "$said"
  return "$code"
}`;

/** Notes parts that the store does not have. */
const part = `eval "known_$(declare -f part)"
part() { known_part "$1" | grep . || echo "$1" >> "${missingParts}"; }`;

/**
 * Every command of the runbooks against a medium store, as far as the AWS CLI reads them: each option is one, and each part that is named is
 * one of a store. @param emulator without a store, and with a bootstrap
 */
export async function runbooks(emulator: Emulator, step: (text: string) => void): Promise<void> {
  const [prelude = '', ...blocks] = shellOf(page);
  const lines = [...new Set(blocks.flatMap((block) => block.split('\n')).map((line) => withValues(line.trim())))].filter(
    (line) => !/^(#|$)/.test(line),
  );
  step(`docs/runbooks.md: the AWS CLI takes each of ${lines.length} lines, and each part that they name is one of a store`);
  await deployByApi(emulator, templateOf('medium', withSite), { creates: true });
  const script = [given, watched, ...standIns, prelude, part, ...lines.map(runsAlone)].join('\n');
  const file = join(folder, 'runbooks.sh');
  writeFileSync(file, `${script}\ntrue\n`);
  await expect(`bash ${file}`, emulator, 0);
  const ids = allIds();
  const unknown = linesOf(missingParts).filter((name) => !ids.some((id) => new RegExp(`^${name}[0-9A-F]{8}$`).test(id)));
  const wrong = [...linesOf(refusals), ...unknown.map((name) => `no size has a part ${name}`)];
  if (wrong.length > 0) throw new RehearsalError(listOf(`${page} has what cannot be run:`, [...new Set(wrong)]));
}

const withValues = (line: string): string => line.replaceAll(/\b[A-Z_]{4,}\b/g, (word) => filledIn[word] ?? word);

/** A definition stays for the lines after it; whatever else fails ends itself alone. */
const runsAlone = (line: string): string =>
  /^(\w+\(\)|export |[A-Z]\w*=)/.test(line) ? line : `( ${line}\n) < /dev/null > /dev/null 2>&1`;

const linesOf = (file: string): readonly string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];

/** Logical IDs of every size. */
const allIds = (): readonly string[] => tierNames.flatMap((tier) => Object.keys(templateOf(tier, withSite).Resources ?? {}));

/** The page is for stores with it, too. */
const withSite = { app: { site: { image: image('2') } } };
