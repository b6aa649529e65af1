import { elements, member, type Resource, type Template } from '../../template/template';
import { modelAssumptions } from './assumptions';
import { type Charge, used } from './charge';
import type { Scope } from './entry';

const sending = /^(\*|ses:(\*|Send\w*\*?))$/i;

/** E-mails to customers, at the plan that a new account is on; none where no role may send any. */
export function emailCharges({ template, usage }: Scope): readonly Charge[] {
  const resource = sender(template);
  if (!resource) return [];
  const emails = usage.orders * modelAssumptions.emailsPerOrder.value;
  return [{ ...used('e-mails to customers', 'ses.essentials', emails, ['orders', 'emailsPerOrder']), resource, part: 'worker' }];
}

/** The policy or role that allows to send e-mails. */
function sender(template: Template): Resource | undefined {
  const policies = [...template.ofType('AWS::IAM::Policy'), ...template.ofType('AWS::IAM::ManagedPolicy')];
  return (
    policies.find((policy) => sends(policy.value('PolicyDocument'))) ??
    template.ofType('AWS::IAM::Role').find((role) => role.list('Policies').some((own) => sends(member(own, 'PolicyDocument'))))
  );
}

function sends(document: Parameters<typeof member>[0]): boolean {
  return elements(member(document, 'Statement'))
    .filter((statement) => member(statement, 'Effect') === 'Allow')
    .flatMap((statement) => {
      const actions = member(statement, 'Action');
      return typeof actions === 'string' ? [actions] : elements(actions);
    })
    .some((action) => typeof action === 'string' && sending.test(action));
}
