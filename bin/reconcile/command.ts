import { type Command, InvalidArgumentError, Option } from 'commander';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { newCommand } from '../command';
import type { ReconcileIo } from './io';

export interface Options {
  readonly store?: string;
  readonly tier?: TierName;
  readonly month?: string;
  readonly write?: boolean;
  readonly json?: boolean;
}

const examples = `
Examples:
  npm run reconcile -- bill.csv.gz --store shop
  npm run reconcile -- exports --store shop --month 2026-10
  npm run reconcile -- bill.parquet --store shop --tier medium --write

Exits with 0 if it is reconciled, 1 if the file cannot be read, has no tags of the store, or does not add up, 2 on wrong usage.
What to export, and how to read the output: docs/costs.md.`;

export function reconcileCommand(io: Pick<ReconcileIo, 'write' | 'writeError'>): Command {
  return newCommand('npm run reconcile --', io)
    .description(
      'Compares a bill of AWS with the review of a store, line by line: a Cost and Usage Report, legacy or 2.0, or a FOCUS export. Makes no AWS call.',
    )
    .argument('<file>', 'a CSV, CSV.gz or Parquet file, or a folder of them')
    .option('--store <name>', 'the store of cdk.json, if it has several')
    .addOption(
      new Option('--tier <size>', 'the size that the bill is of (default: the size that the store pins)').choices(tierNames),
    )
    .option('--month <month>', 'the month, if the file has several: 2026-10', monthOf)
    .option('--write', 'writes the measured month as usage of the store into cdk.json')
    .option('--json', 'everything as JSON, with every row of the bill that has no line')
    .addHelpText('after', examples);
}

function monthOf(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new InvalidArgumentError('Allowed is a year and a month: 2026-10.');
}
