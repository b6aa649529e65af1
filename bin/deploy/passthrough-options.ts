import { stackTagsRefused, tagsInstead } from '../cdk-context';

/** What is passed to `cdk deploy` unchanged, and the context that it sets. */
export interface PassthroughOptions {
  readonly cdkOptions: readonly string[];
  readonly context: Readonly<Record<string, string>>;
}

/** Options of the CDK that would deploy something other than what was compared, or to another account, with the alternative. */
const refused: readonly { readonly option: RegExp; readonly instead: string }[] = [
  { option: /^--profile$/, instead: 'set AWS_PROFILE, which this command reads too' },
  { option: /^(--app|-a)$/, instead: 'this command compares and deploys the store of this folder' },
  { option: /^--hotswap/, instead: 'it bypasses CloudFormation; leave it out' },
  { option: /^(--tags|-t)$/, instead: `${stackTagsRefused}; ${tagsInstead}` },
  { option: /^--watch$/, instead: 'it deploys again without asking; leave it out' },
  {
    option: /^--method=execute-change-set$/,
    instead: 'it deploys a change set that was not compared; use npx cdk deploy',
  },
];

const ownContext: Readonly<Record<string, string>> = {
  tier: 'write --tier before the second --',
  store: 'write --store before the second --',
  changeTier: 'write --change-tier before the second --',
  stores: 'stores are read from cdk.json',
  stage: 'a first deployment has both stages',
};

/** Of what follows the second `--`. */
export function passthroughOptions(cdkOptions: readonly string[]): PassthroughOptions | { readonly problem: string } {
  const tokens = cdkOptions.flatMap(inTwo);
  const context: Record<string, string> = {};
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1] ?? '';
    const row = refused.find(({ option }) => option.test(token) || option.test(`${token}=${next}`));
    if (row) return { problem: `${token} cannot be passed on: ${row.instead}` };
    if (token !== '--context') continue;
    const [key = '', ...value] = next.split('=');
    const instead = ownContext[key];
    if (instead !== undefined) return { problem: `--context ${key} cannot be passed on: ${instead}` };
    context[key] = value.join('=');
  }
  return { cdkOptions, context };
}

/** `--context=a=b`, `-ca=b`, `-c a=b`, `-tk=v` and `-m x` as the long option, with its value separate. */
function inTwo(token: string): string[] {
  const [, name, value] = /^(--[^=]+)=(.*)$/s.exec(token) ?? /^(-[acmt])=?(.*)$/s.exec(token) ?? [undefined, token, ''];
  const long = name === '-c' ? '--context' : name === '-m' ? '--method' : (name ?? token);
  return value ? [long, value] : [long];
}
