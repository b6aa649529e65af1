import { DescribeAddressesCommand } from '@aws-sdk/client-ec2';
import { GetServiceQuotaCommand, NoSuchResourceException } from '@aws-sdk/client-service-quotas';
import { type QuotaName, quotas } from '../facts/quotas';
import { formatUse, type QuotaUse, quotaUses, quotaVerdicts } from '../review/quotas/quotas';
import { Template } from '../template/template';
import { tiers } from '../tiers/tiers';
import { type Check, type Finding, fails, holds, notKnown } from './check';
import type { PreflightClients } from './clients';
import { callAws, undefinedOn } from './preflight-error';

/** What the account has now, against what the store uses. What others run in the account is counted for Elastic IP addresses alone. */
export const accountQuotas: Check = {
  title: 'quotas',
  run: (clients, { config: { region, tier }, template }) => {
    const source = new Template(template);
    const { usage } = tiers[tier];
    const uses = quotaUses(source, {}, usage).filter(({ deploying }) => deploying > 0);
    return Promise.all(
      uses.map(async ({ name, title, request }) => {
        const free = await freeOf(name, clients, region);
        if (free === undefined) return notKnown(`${title}: Service Quotas does not have it`, request);
        const use = quotaUses(source, { [`${name}Quota`]: free }, usage).find((one) => one.name === name);
        return use ? judged(use) : notKnown(title);
      }),
    );
  },
};

/** undefined where Service Quotas has no such quota. */
async function freeOf(name: QuotaName, { quotas: client, ec2 }: PreflightClients, region: string): Promise<number | undefined> {
  const { serviceCode: ServiceCode, quotaCode: QuotaCode, default: usual } = quotas[name];
  if (ServiceCode === undefined || QuotaCode === undefined) return undefined;
  const command = new GetServiceQuotaCommand({ ServiceCode, QuotaCode });
  const answer = await callAws('servicequotas:GetServiceQuota', region, () =>
    client.send(command).catch(undefinedOn(NoSuchResourceException)),
  );
  const value = answer?.Quota?.Value ?? usual; // one that nobody has raised may not be told
  if (name !== 'elasticIps') return value;
  const { Addresses = [] } = await callAws('ec2:DescribeAddresses', region, () => ec2.send(new DescribeAddressesCommand({})));
  return Math.max(0, value - Addresses.length);
}

/** It fails where the store would not start, or no deployment could follow; where only the maximum is out of reach, it says so. */
function judged(use: QuotaUse): Finding {
  const { title, quota, verdict, request, unknown } = use;
  const text = `${title}: ${quota} free, the store uses ${formatUse(use)}`;
  if (verdict === 'holds') return holds(text);
  if (verdict === 'not known') return notKnown(`${text}; ${unknown.join(', ')}`, request);
  const said = `${text}: it ${quotaVerdicts[verdict]}`;
  return verdict === 'too small' || verdict === 'stops deployments' ? fails(said, request) : { ...holds(said), fix: [request] };
}
