import { GetAccountCommand, type GetAccountCommandOutput, type SESv2Client } from '@aws-sdk/client-sesv2';
import { callAws } from './preflight-error';

const answers = new WeakMap<SESv2Client, Promise<GetAccountCommandOutput>>();

/** What SES says of the account; asked once, since SES throttles this question for the whole account. */
export function emailAccount(ses: SESv2Client, region: string): Promise<GetAccountCommandOutput> {
  const answer = answers.get(ses) ?? callAws('ses:GetAccount', region, () => ses.send(new GetAccountCommand({})));
  answers.set(ses, answer);
  return answer;
}
