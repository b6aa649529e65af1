import { changeFacts } from '../../../facts/changes';
import { isPrivateZone } from '../../../template/stateful-resources';
import { elements, type Json, member, type Resource, type Template } from '../../../template/template';
import type { Found, RuleTable, Scope } from '../finding';
import { formatList, formatValue } from '../format';
import type { ResourceChange } from '../resource-change';

const record = 'AWS::Route53::RecordSet';

/** What customers type: the names of the distribution, and the DNS records that lead to it. */
export const storeNames: RuleTable = {
  [record]: {
    added: [], // with the distribution's names
    removed: recordGoes,
    replaced: recordGoes,
  },
};

/** @param before configuration of the distribution, as `after` */
export function namesOf(before: Json, after: Json): readonly Found[] {
  const [was, is] = [aliases(before), aliases(after)];
  const added = is.filter((name) => !was.includes(name));
  const removed = was.filter((name) => !is.includes(name));
  return [
    ...(added.length > 0 ? [{ kind: 'added', text: `${formatList(added)} points to the store` } as const] : []),
    ...(removed.length > 0 ? [gone(removed)] : []),
  ];
}

/** CloudFormation replaces a record with another name or zone; its name may have others, such as one for IPv6. */
function recordGoes({ before, after }: ResourceChange, scope: Scope): readonly Found[] {
  if (before?.references('HostedZoneId').some(isPrivateZone)) return []; // clients ask again within seconds, and their tasks get the new name
  const name = nameOf(before);
  const first = scope.before.ofType(record).find((other) => nameOf(other) === name);
  if (after && name === nameOf(after)) {
    const text = `the DNS record of ${name} is made anew in another zone: it holds once the name servers of that zone are the domain’s`;
    return first?.id === before?.id ? [{ kind: 'not judged', text, before: ['rollback'] }] : [];
  }
  const stays = scope.after.ofType(record).some((other) => nameOf(other) === name);
  const told = namesIn(scope.before).includes(name) && !namesIn(scope.after).includes(name); // with the distribution
  if (told) return [];
  if (!stays) return first?.id === before?.id ? [gone([name])] : [];
  return [{ kind: 'removed', text: `a DNS record of ${name}; others of the name stay` }];
}

function gone(removed: readonly string[]): Found {
  return {
    kind: 'removed',
    text: `${formatList(removed)} no longer leads to the store: customers who use it reach nothing until you point it elsewhere`,
    downtime: changeFacts.nameRemovedSeconds,
    before: ['redirect'],
    after: ['redirectNow', 'newName'],
  };
}

const aliases = (configuration: Json): readonly string[] => elements(member(configuration, 'Aliases')).map(formatValue);

const namesIn = (template: Template): readonly string[] =>
  template.ofType('AWS::CloudFront::Distribution').flatMap((one) => aliases(one.value('DistributionConfig')));

/** DNS ends a whole name with a dot. */
const nameOf = (resource: Resource | undefined): string => (resource?.text('Name') ?? 'a name').replace(/[.]$/, '');
