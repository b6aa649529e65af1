import { InvalidArgumentError } from 'commander';
import { closestMatch } from '../lib/config/closest-match';
import { formatLiteral } from '../lib/config/format-literal';
import { regionNames } from '../lib/facts/regions';

/** Checks a region on the command line. @param others further names that the option takes */
export function parseRegion(name: string, others: readonly string[] = []): string {
  const names = [...regionNames, ...others];
  if (names.includes(name)) return name;
  const meant = closestMatch(name, names);
  const allowed = ['an AWS commercial region such as us-east-1 or eu-west-1', ...others].join(', or ');
  throw new InvalidArgumentError(meant ? `Did you mean ${meant}?` : `Allowed: ${allowed}.`);
}

/** What is wrong with the region of a command that needs one. */
export function regionProblems(region: string | undefined): readonly string[] {
  if (region === undefined) return ['--region is not given, and the environment has none → --region us-east-1'];
  try {
    parseRegion(region);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    return [`--region is ${formatLiteral(region)}. ${error.message}`];
  }
}
