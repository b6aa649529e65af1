import { type DeletionPolicy, whenRemoved, whenReplaced } from '../../template/deletion-policy';
import { member, type Resource } from '../../template/template';
import type { Policies } from './resource-change';

export function policiesOf(before: Resource | undefined, after: Resource | undefined): Policies {
  const of = (policy: (resource: Resource) => DeletionPolicy) => ({
    before: before ? policy(before) : 'Delete',
    after: after ? policy(after) : 'Delete',
  });
  const resharding = member(after?.attribute('UpdatePolicy'), 'UseOnlineResharding');
  return {
    deletion: of(whenRemoved),
    replacement: of(whenReplaced),
    onlineResharding: resharding === true || resharding === 'true',
  };
}
