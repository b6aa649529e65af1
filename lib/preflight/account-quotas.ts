import { GetServiceQuotaCommand, NoSuchResourceException } from '@aws-sdk/client-service-quotas';
import { type QuotaName, quotas } from '../facts/quotas';
import { formatQuota, formatUse, type QuotaUse, quotaUses, quotaVerdicts, requestFor } from '../review/quotas/quotas';
import { figure } from '../review/text/money';
import { Template } from '../template/template';
import { tiers } from '../tiers/tiers';
import { monthOf } from '../usage/month';
import {
  type Check,
  type CheckInput,
  type Finding,
  fails,
  failsLater,
  holds,
  notKnown,
  type OwnResources,
  unanswered,
} from './check';
import type { PreflightClients } from './clients';
import { emailAccount } from './email-account';
import { callAws, PreflightError, undefinedOn } from './preflight-error';
import { countsOwn, othersUse } from './quota-use';

/** What the account has and others do not use, against what the store uses. */
export const accountQuotas: Check = {
  title: 'quotas',
  run: async (clients, input) => {
    const own = input.offline ? new Map() : await input.own;
    return Promise.all(usesOf(input).map((use) => findingOf(use, clients, input, own)));
  },
};

function usesOf({ config: { tier }, template }: CheckInput, free: Parameters<typeof quotaUses>[1] = {}): readonly QuotaUse[] {
  const deployed = new Template(template);
  return quotaUses(deployed, free, monthOf(deployed, tiers[tier]).usage).filter(({ deploying }) => deploying > 0);
}

async function findingOf(use: QuotaUse, clients: PreflightClients, input: CheckInput, own: OwnResources): Promise<Finding> {
  const { name, title, deploying } = use;
  const { config, now } = input;
  const region = quotas[name].region ?? config.region;
  try {
    const quota = await quotaOf(name, clients, region);
    const used = await othersUse[name]({ clients, region: config.region, now, own });
    const free = Math.max(0, quota - used);
    const judged = usesOf(input, { [`${name}Quota`]: free }).find((one) => one.name === name) ?? use;
    const room = used > 0 ? `${figure(free)} of ${figure(quota)} free` : `a quota of ${figure(quota)}`;
    const mixed = own.size > 0 && used > 0 && countsOwn.has(name);
    return findingFor(
      judged,
      mixed ? `${room}, the store’s own use among the rest` : room,
      asking(name, used + deploying, region),
      mixed,
    );
  } catch (error) {
    if (!(error instanceof PreflightError)) throw error;
    if (error.code !== 'not-asked') return unanswered(error, title);
    return findingFor(use, formatQuota(use), asking(name, deploying, region), false);
  }
}

/** What the account has been granted. */
async function quotaOf(name: QuotaName, { of, ses }: PreflightClients, region: string): Promise<number> {
  const { serviceCode: ServiceCode, quotaCode: QuotaCode, default: usual } = quotas[name];
  if (ofEmail(name)) {
    const { SendQuota: sending } = await emailAccount(ses, region);
    return (name === 'emailsPerDay' ? sending?.Max24HourSend : sending?.MaxSendRate) ?? usual;
  }
  if (ServiceCode === undefined || QuotaCode === undefined) return usual; // only Support knows of more
  const command = new GetServiceQuotaCommand({ ServiceCode, QuotaCode });
  const answer = await callAws('servicequotas:GetServiceQuota', region, () =>
    of(region).quotas.send(command).catch(undefinedOn(NoSuchResourceException)),
  );
  return answer?.Quota?.Value ?? usual; // one that nobody has raised may not be told
}

const ofEmail = (name: QuotaName): boolean => name === 'emailsPerSecond' || name === 'emailsPerDay';

function asking(name: QuotaName, desired: number, region: string): string {
  const request = requestFor(name, Math.ceil(desired));
  return quotas[name].request === undefined ? `${request} --region ${region}` : request;
}

/** It fails where the store would not start, or no deployment could follow; where only the maximum is out of reach, it says so. */
function findingFor(use: QuotaUse, room: string, request: string, mixed: boolean): Finding {
  const { title, verdict, unknown } = use;
  const text = `${title}: ${room}, the store uses ${formatUse(use)}`;
  if (verdict === 'holds') return holds(text);
  if (verdict === 'not known') return notKnown(`${text}; ${unknown.join(', ')}`, request);
  const said = `${text}: it ${quotaVerdicts[verdict]}`;
  if (verdict !== 'too small' && verdict !== 'stops deployments') return { ...holds(said), fix: [request] };
  if (mixed) return notKnown(said, request);
  return ofEmail(use.name) ? failsLater(said, request) : fails(said, request);
}
