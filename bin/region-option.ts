import { InvalidArgumentError } from 'commander';
import { closestMatch } from '../lib/config/closest-match';
import { regionNames } from '../lib/facts/regions';

/** Checks a region on the command line. @param others further names that the option takes */
export function parseRegion(name: string, others: readonly string[] = []): string {
  const names = [...regionNames, ...others];
  if (names.includes(name)) return name;
  const meant = closestMatch(name, names);
  const allowed = ['an AWS commercial region such as us-east-1 or eu-west-1', ...others].join(', or ');
  throw new InvalidArgumentError(meant ? `Did you mean ${meant}?` : `Allowed: ${allowed}.`);
}
