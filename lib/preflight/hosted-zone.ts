import { paginateListDistributions } from '@aws-sdk/client-cloudfront';
import {
  GetHostedZoneCommand,
  type GetHostedZoneCommandOutput,
  ListResourceRecordSetsCommand,
  NoSuchHostedZone,
} from '@aws-sdk/client-route-53';
import type { DomainConfig } from '../config/store-config';
import { edgeRegion } from '../facts/regions';
import { type Check, type Finding, fails, failsLater, holds, notKnown } from './check';
import type { PreflightClients } from './clients';
import { callAws, listAws, undefinedOn } from './preflight-error';

const listZones = 'aws route53 list-hosted-zones-by-name --query "HostedZones[].[Id,Name,Config.PrivateZone]" --output text';

export const hostedZone: Check = {
  title: 'hosted zone',
  run: async (clients, { config: { domain } }) => {
    if (!domain) return [];
    const answer = await callAws('route53:GetHostedZone', edgeRegion, () =>
      clients.route53.send(new GetHostedZoneCommand({ Id: domain.hostedZoneId })).catch(undefinedOn(NoSuchHostedZone)),
    );
    return [answer ? await judged(answer, domain, clients) : fails(`${domain.hostedZoneId} is not in this account`, listZones)];
  },
};

async function judged(
  { HostedZone: zone, DelegationSet: set }: GetHostedZoneCommandOutput,
  { hostedZoneId: id, hostedZoneName: wanted }: DomainConfig,
  { nameServers }: PreflightClients,
): Promise<Finding> {
  const name = withoutDot(zone?.Name ?? '');
  if (name !== wanted) return fails(`${id} is of ${name}, and not of ${wanted}`, listZones);
  if (zone?.Config?.PrivateZone) return fails(`${id} of ${name} is private, so no customer finds the store`, listZones);
  const own = (set?.NameServers ?? []).map(withoutDot);
  const answer = await nameServers(name).catch(noRecords);
  if (answer instanceof Error) return notKnown(`${name}: DNS does not answer (${answer.message})`, `dig NS ${name}`);
  const inDns = answer.map(withoutDot);
  if (inDns.some((server) => own.includes(server))) return holds(`${name}, public and delegated to ${id}`);
  const found = inDns.length > 0 ? `DNS has ${inDns.join(', ')}` : 'DNS has none';
  return failsLater(
    `${name} is not delegated to ${id}: ${found}`,
    `enter these name servers where ${name} is registered, or as NS records of its parent zone: ${own.join(', ')}`,
  );
}

const withoutDot = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** A name without records is an answer, too; another error is handed on as a value. */
function noRecords(error: unknown): readonly string[] | Error {
  if (!(error instanceof Error)) throw error;
  return 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA') ? [] : error;
}

/** A name leads to one place: CloudFront and Route 53 refuse it to a second. Of other accounts' distributions nothing can be asked. */
export const domainName: Check = {
  title: 'domain name',
  run: async ({ cloudFront: client, route53 }, { config: { domain }, own }) => {
    if (!domain) return [];
    const { name, hostedZoneId } = domain;
    const pages = paginateListDistributions({ client }, {});
    const [all, records, mine] = await Promise.all([
      listAws('cloudfront:ListDistributions', edgeRegion, pages, (page) => page.DistributionList?.Items),
      callAws('route53:ListResourceRecordSets', edgeRegion, () =>
        route53
          .send(new ListResourceRecordSetsCommand({ HostedZoneId: hostedZoneId, StartRecordName: name, MaxItems: 20 }))
          .catch(undefinedOn(NoSuchHostedZone)),
      ),
      own,
    ]);
    const holder = all.find(({ Id: id = '', Aliases: aliases }) => !mine.has(id) && aliases?.Items?.includes(name));
    const addresses = (records?.ResourceRecordSets ?? []).filter(
      ({ Name: of = '', Type: type = '' }) => withoutDot(of) === name && ['A', 'AAAA', 'CNAME'].includes(type),
    );
    const problems: Finding[] = [];
    if (holder)
      problems.push(
        fails(
          `${name} belongs to the distribution ${holder.Id}`,
          `take it off there: aws cloudfront get-distribution --id ${holder.Id}`,
        ),
      );
    if (addresses.length > 0 && !mine.has(name) && !mine.has(`${name}.`))
      problems.push(
        fails(
          `${name} has records already: ${addresses.map(({ Type: type }) => type).join(', ')}`,
          `delete them: aws route53 list-resource-record-sets --hosted-zone-id ${hostedZoneId} --query "ResourceRecordSets[?Name=='${name}.']"`,
        ),
      );
    return problems.length > 0 ? problems : [holds(`${name} is free`)];
  },
};
