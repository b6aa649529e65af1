import { execFile } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { promisify } from 'node:util';

/** What is asked of this machine, and not of AWS. */
export interface LocalTools {
  /** Name servers of a domain, as DNS has them. @throws Error with a `code` */
  readonly nameServers: (domain: string) => Promise<readonly string[]>;
  /** Why Docker cannot build, in a line; undefined if it can. */
  readonly docker: () => Promise<string | undefined>;
}

export const localTools: LocalTools = {
  nameServers: (domain) => new Resolver({ timeout: 2_000, tries: 2 }).resolveNs(domain),
  docker,
};

/** As the CDK finds it. */
async function docker(): Promise<string | undefined> {
  const program = process.env['CDK_DOCKER'] ?? 'docker';
  try {
    await promisify(execFile)(program, ['info'], { timeout: 10_000 });
    return undefined;
  } catch (error) {
    const { stderr, message } = error as Error & { readonly stderr?: string };
    return (stderr?.trim() || message.trim()).split('\n').at(-1);
  }
}
