import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError } from '../lib/config/config-error';

/** The CDK merges the user's file with the project's. */
type CdkFiles = readonly [project: string, ...others: string[]];

/** Context of cdk.json, as the CDK's command line reads it. @throws ConfigError where a file of the CDK's has tags of the stack */
export function cdkContext(files: CdkFiles = filesOfTheCdk()): Readonly<Record<string, unknown>> {
  refuseStackTags(files);
  return read(files[0]).context ?? {};
}

export const filesOfTheCdk = (): CdkFiles => [resolve(__dirname, '../cdk.json'), join(homedir(), '.cdk.json')];

export const stackTagsRefused =
  'CloudFormation puts tags of a stack on all that it holds, and a VPC origin in use refuses new ones, so the deployment is rolled back';
export const tagsInstead = 'write "tags": { "team": "shop" } beside the store’s "region"';

/** Tags of the stack stand in no template, so no comparison sees them. @throws ConfigError */
export function refuseStackTags(files: CdkFiles = filesOfTheCdk()): void {
  const problems = files
    .filter((file) => existsSync(file) && read(file).tags !== undefined)
    .map((file) => ({
      rule: 'context',
      path: 'tags',
      got: `is in ${file}`,
      allowed: stackTagsRefused,
      fix: [`leave it out, and ${tagsInstead}`],
    }));
  if (problems.length > 0) throw new ConfigError('The store cannot be deployed', problems);
}

/** @throws ConfigError where it is no JSON: the CDK ends there as well */
function read(file: string): { readonly context?: Record<string, unknown>; readonly tags?: unknown } {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof read>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const problem = { rule: 'context', path: file, got: `cannot be read: ${error.message}`, allowed: 'JSON is allowed', fix: [] };
    throw new ConfigError('No store can be deployed', [problem]);
  }
}
