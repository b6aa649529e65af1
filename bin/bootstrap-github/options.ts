import { ConfigError, type Problem } from '../../lib/config/config-error';
import { formatLiteral } from '../../lib/config/format-literal';

export interface Options {
  readonly repository?: string;
  readonly branch: string;
  readonly environment: string;
  readonly existingProvider: boolean;
}

interface Rule {
  readonly option: 'repository' | 'branch' | 'environment';
  readonly fits: RegExp;
  readonly allowed: string;
  readonly line: string;
}

/** With the names alone, or with the numbers of owner and repository beside them, as GitHub's tokens have them. */
const repository = /^[A-Za-z0-9][\w-]*(?:\/[\w.-]+|@\d+\/[\w.-]+@\d+)$/;

/** No wildcards: another branch, environment or repository of the same owner must not get the role. */
const rules: readonly Rule[] = [
  {
    option: 'repository',
    fits: repository,
    allowed: 'one repository is allowed: OWNER/NAME, or OWNER@NUMBER/NAME@NUMBER where its tokens have numbers',
    line: '--repository octo-org/shop',
  },
  {
    option: 'branch',
    fits: /^(?!.*(?:\.\.|\/\/))[\w.][\w./-]*(?<![/.])$/,
    allowed: 'one branch is allowed, without wildcards',
    line: '--branch main',
  },
  {
    option: 'environment',
    fits: /^[\w.-]+$/,
    allowed: 'one environment of letters, digits, hyphens, dots and underscores is allowed',
    line: '--environment production',
  },
];

/** @throws ConfigError with everything that is wrong */
export function checkedOptions(options: Options): Options & { readonly repository: string } {
  const given = { ...options, repository: options.repository?.replace(/^repo:/, '') ?? '' }; // as GitHub's API prints it
  const problems = rules.flatMap(({ option, fits, allowed, line }): Problem[] => {
    const value = given[option];
    if (fits.test(value)) return [];
    const got = option === 'repository' && options.repository === undefined ? 'is not given' : `is ${formatLiteral(value)}`;
    return [{ rule: option, path: `--${option}`, got, allowed, fix: [line] }];
  });
  if (problems.length > 0) throw new ConfigError('No role can be made', problems);
  return given;
}
