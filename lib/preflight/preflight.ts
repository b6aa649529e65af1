import { bootstrap, credentials } from './account';
import { accountQuotas } from './account-quotas';
import { type Check, type Finding, type PreflightInput, type PreflightRow, unanswered } from './check';
import type { PreflightClients } from './clients';
import { databaseClasses } from './database';
import { certificates } from './domain';
import { prefixList, zones } from './network';
import { PreflightError } from './preflight-error';
import { secrets } from './secrets';
import { snapshot } from './snapshot';

const checks: readonly Check[] = [bootstrap, accountQuotas, zones, prefixList, databaseClasses, snapshot, certificates, secrets];

/**
 * What a deployment needs of the account, asked of AWS; nothing is changed. A check that AWS does not answer is `not known`.
 * @throws PreflightError without credentials: then nothing can be asked
 */
export async function preflight(clients: PreflightClients, input: PreflightInput): Promise<readonly PreflightRow[]> {
  const account = await credentials.run(clients, input);
  const others = await Promise.all(checks.map((check) => rowsOf(check, clients, input)));
  return [...account.map(withTitle(credentials)), ...others.flat()];
}

async function rowsOf(check: Check, clients: PreflightClients, input: PreflightInput): Promise<readonly PreflightRow[]> {
  const findings = await check.run(clients, input).catch((error: unknown) => {
    if (error instanceof PreflightError) return [unanswered(error)];
    throw error;
  });
  return findings.map(withTitle(check));
}

const withTitle =
  ({ title }: Check) =>
  (finding: Finding): PreflightRow =>
    Object.assign({ title }, finding);
