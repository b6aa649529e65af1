import { bootstrap, credentials, regionEnabled, serviceRoles } from './account';
import { accountQuotas } from './account-quotas';
import { cacheClasses } from './cache';
import {
  type Check,
  type CheckInput,
  type Finding,
  type PreflightInput,
  type PreflightRow,
  unanswered,
  verdictOf,
} from './check';
import type { PreflightClients } from './clients';
import { costAnomalies } from './cost-anomalies';
import { databaseClasses } from './database';
import { certificates } from './domain';
import { email } from './email';
import { domainName, hostedZone } from './hosted-zone';
import { docker, images, slack } from './image';
import { names } from './names';
import { prefixList, zones } from './network';
import { ownResources } from './own-resources';
import { PreflightError } from './preflight-error';
import { secrets } from './secrets';
import { snapshot } from './snapshot';
import { traces } from './traces';

const checks: readonly Check[] = [
  serviceRoles,
  bootstrap,
  accountQuotas,
  zones,
  prefixList,
  databaseClasses,
  cacheClasses,
  snapshot,
  certificates,
  hostedZone,
  domainName,
  email,
  secrets,
  traces,
  costAnomalies,
  names,
  images,
  docker,
  slack,
];

/**
 * What a deployment needs of the account, asked of AWS; nothing is changed. A check that AWS does not answer is `not known`.
 * @throws PreflightError without credentials: then nothing can be asked
 */
export async function preflight(clients: PreflightClients, asked: PreflightInput): Promise<readonly PreflightRow[]> {
  const input = { ...asked, own: Promise.resolve(new Map()) };
  const account = await (asked.offline ? rowsOf(credentials, clients, input) : allOf(credentials, clients, input));
  const region = await rowsOf(regionEnabled, clients, input);
  if (verdictOf(region) === 'fails') return [...account, ...region];
  const own = ownResources(clients, asked);
  const others = await Promise.all(checks.map((check) => rowsOf(check, clients, { ...asked, own })));
  return [...account, ...region, ...others.flat()];
}

async function allOf(check: Check, clients: PreflightClients, input: CheckInput): Promise<readonly PreflightRow[]> {
  return (await check.run(clients, input)).map(withTitle(check));
}

async function rowsOf(check: Check, clients: PreflightClients, input: CheckInput): Promise<readonly PreflightRow[]> {
  return allOf(check, clients, input).catch((error: unknown) => {
    if (error instanceof PreflightError) return [withTitle(check)(unanswered(error))];
    throw error;
  });
}

const withTitle =
  ({ title }: Check) =>
  (finding: Finding): PreflightRow =>
    Object.assign({ title }, finding);
