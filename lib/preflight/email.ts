import { GetEmailIdentityCommand, NotFoundException } from '@aws-sdk/client-sesv2';
import { emailIdentities } from '../facts/email-identities';
import { type Check, type Finding, failsLater, holds } from './check';
import { emailAccount } from './email-account';
import { callAws, undefinedOn } from './preflight-error';

/** SES: whether it sends for the store. The quotas say how much. */
export const email: Check = {
  title: 'e-mail',
  run: async ({ ses }, { config: { region, emailFrom } }) => {
    if (emailFrom === undefined) return [];
    const [account, identities] = await Promise.all([
      emailAccount(ses, region),
      Promise.all(
        emailIdentities(emailFrom).map(async (name) => {
          const command = new GetEmailIdentityCommand({ EmailIdentity: name });
          const answer = await callAws('ses:GetEmailIdentity', region, () =>
            ses.send(command).catch(undefinedOn(NotFoundException)),
          );
          return answer && { name, verified: answer.VerifiedForSendingStatus === true, status: answer.VerificationStatus };
        }),
      ),
    ]);
    const findings: Finding[] = [];
    const verified = identities.find((identity) => identity?.verified);
    const waiting = identities.find((identity) => identity !== undefined);
    if (verified) findings.push(holds(`SES sends from ${emailFrom}: ${verified.name} is verified`));
    else
      findings.push(
        waiting
          ? failsLater(
              `SES has not verified ${waiting.name}: ${waiting.status ?? 'not yet'}`,
              `aws sesv2 get-email-identity --region ${region} --email-identity ${waiting.name}`,
            )
          : failsLater(
              `SES does not know ${emailFrom}`,
              `aws sesv2 create-email-identity --region ${region} --email-identity ${domainOf(emailFrom)}`,
            ),
      );
    if (account.SendingEnabled === false)
      findings.push(
        failsLater(
          `SES sends nothing for this account: ${account.EnforcementStatus}`,
          `aws sesv2 get-account --region ${region}`,
        ),
      );
    if (account.ProductionAccessEnabled === false)
      findings.push(
        failsLater(
          'SES is in its sandbox: only addresses that SES has verified get mail',
          'docs/payments-and-email.md has the request',
        ),
      );
    return findings;
  },
};

const domainOf = (address: string): string => address.slice(address.indexOf('@') + 1);
