import { elements, member, type Resource, type Template } from './template';

const sending = /^(\*|ses:(\*|Send\w*\*?))$/i;

/** The policy or role that lets a part of the store send e-mails; undefined where none may. */
export function emailSender(template: Template): Resource | undefined {
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
