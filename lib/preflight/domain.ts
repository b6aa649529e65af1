import { type CertificateDetail, DescribeCertificateCommand, ResourceNotFoundException } from '@aws-sdk/client-acm';
import { type Check, type Finding, fails, holds } from './check';
import { callAws, undefinedOn } from './preflight-error';

export const certificates: Check = {
  title: 'certificates',
  run: async ({ of }, { config: { domain }, now }) => {
    if (!domain) return [];
    const arns = [domain.cdnCertificateArn, domain.regionalCertificateArn].filter((arn) => arn !== undefined);
    const asked = arns.map(async (arn) => {
      const region = arn.split(':')[3] ?? '';
      const command = new DescribeCertificateCommand({ CertificateArn: arn });
      const answer = await callAws('acm:DescribeCertificate', region, () =>
        of(region).acm.send(command).catch(undefinedOn(ResourceNotFoundException)),
      );
      return judged(arn, answer?.Certificate, domain.name, now);
    });
    return Promise.all(asked);
  },
};

function judged(arn: string, certificate: CertificateDetail | undefined, host: string, now: Date): Finding {
  const region = arn.split(':')[3] ?? '';
  const list = `aws acm list-certificates --region ${region}`;
  if (!certificate) return fails(`${arn} is not in this account`, list);
  const { Status: status, NotAfter: end, DomainName: name, SubjectAlternativeNames: names = [] } = certificate;
  const all = [...new Set([...(name === undefined ? [] : [name]), ...names])];
  if (status !== 'ISSUED')
    return fails(`${arn} is ${status}`, `aws acm describe-certificate --region ${region} --certificate-arn ${arn}`);
  if (end && end <= now) return fails(`${arn} ended on ${end.toISOString().slice(0, 10)}`, list);
  if (!all.some((own) => covers(own, host))) return fails(`${arn} is for ${all.join(', ')}, and not for ${host}`, list);
  return holds(`${region}: ${all.join(', ')}${end ? `, until ${end.toISOString().slice(0, 10)}` : ''}`);
}

/** A star stands for one label (RFC 9525). */
function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1));
}
