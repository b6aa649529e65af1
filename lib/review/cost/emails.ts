import { emailSender } from '../../template/email-sender';
import { type Charge, used } from './charge';
import type { Scope } from './entry';

/** E-mails to customers, at the plan that a new account is on; none where no role may send any. */
export function emailCharges({ template, usage }: Scope): readonly Charge[] {
  const resource = emailSender(template);
  if (!resource) return [];
  const emails = usage.orders * usage.emailsPerOrder;
  return [{ ...used('e-mails to customers', 'ses.essentials', emails, ['orders', 'emailsPerOrder']), resource, part: 'worker' }];
}
