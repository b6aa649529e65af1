import { Option } from 'commander';
import { defaultContext } from '../lib/config/default-context';
import { loadStoreConfig } from '../lib/config/load-store-config';
import { acknowledgements } from '../lib/nag/acknowledgements';
import { type Finding, findingsOf, openFindings } from '../lib/nag/findings';
import { type TierName, tierNames } from '../lib/tiers/tier';
import { failureCode, newCommand, type Output } from './command';
import { terminal } from './terminal';

/** `npm run findings`: what AWS's validation and cdk-nag find in each size. Exit code 1 where anything enforced is unacknowledged. */
function main(argv: readonly string[], io: Output): number {
  const command = newCommand('npm run findings --', io)
    .description('Checks each size with AWS’s template validation and cdk-nag. Makes no network calls.')
    .addOption(new Option('--tier <size>', 'one size').choices(tierNames));
  const { tier } = command.parse(argv, { from: 'user' }).opts<{ tier?: TierName }>();
  const checked = (tier ? [tier] : tierNames).map((name) => check(name));
  console.log(
    `${acknowledgements.flatMap(({ rules }) => rules).length} kinds of findings are acknowledged with a reason: lib/nag/acknowledgements.ts`,
  );
  return checked.every((clean) => clean) ? 0 : 1;
}

function check(tier: TierName): boolean {
  const config = loadStoreConfig(defaultContext(tier), { now: new Date() });
  const review = findingsOf(config);
  const [enforced, reported] = [openFindings(review, 'enforced'), openFindings(review, 'reported')];
  console.log(`${tier}: AWS, AwsSolutions, NIST 800-53 R5: ${enforced.length} unacknowledged`);
  for (const { rule, at } of enforced) console.log(`  ${rule}  ${at}`);
  console.log(`${tier}: PCI DSS 3.2.1 (retired; reported, not enforced): ${reported.length}`);
  for (const line of byRule(reported)) console.log(`  ${line}`);
  return enforced.length === 0;
}

function byRule(found: readonly Finding[]): readonly string[] {
  const places = [...Map.groupBy(found, ({ rule }) => rule)];
  return places.map(([rule, { length }]) => `${rule} in ${length} ${length === 1 ? 'place' : 'places'}`).toSorted();
}

const io = terminal();
try {
  process.exitCode = main(process.argv.slice(2), io);
} catch (error) {
  process.exitCode = failureCode(error, io);
}
