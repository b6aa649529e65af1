import { changeFacts } from '../../../facts/changes';
import { type DeletionPolicy, whenRemoved, whenReplaced } from '../../../template/deletion-policy';
import { type StatefulType, statefulType } from '../../../template/stateful-resources';
import type { Resource } from '../../../template/template';
import { blocked, type Found, type Scope } from '../finding';
import { formatCount, formatList } from '../format';
import type { ResourceChange } from '../resource-change';
import { replacing } from './in-place';
import { formatName, physicalName } from './names';

/** What CloudFormation refuses and what loses data, whatever the type: blocked before any rule of the type. */
export function protectedFrom(change: ResourceChange, scope: Scope): readonly Found[] {
  const { id, before, after, type } = change;
  if (!before) return nameTaken(change, scope);
  const stateful = statefulType(before);
  if (!after) return stateful ? [removed(id, before, stateful)] : [];
  if (before.type !== type) return [typeChanges(id, before.type, type)];
  const causes = formatList(replacing(change).map(({ name }) => name));
  if (causes === '') return [];
  const name = physicalName(before);
  if (name !== undefined && name === physicalName(after)) return [replacedUnderItsName(change, formatName(after), causes)];
  if (!stateful) return [];
  const start = `${causes}: a new, empty ${stateful.singular} replaces ${id}; the old one`;
  return [blockedLoss(start, whenReplaced(after), { id, stateful, workaround: `keep ${causes} as it is` })];
}

/** AWS CloudFormation: Update of resource type is not permitted. */
function typeChanges(id: string, before: string, after: string): Found {
  const text = `${id} was ${before} and would be ${after}: CloudFormation does not change the type of a resource`;
  return blocked('type-changes', text, 'give the new resource a new logical ID');
}

/** CloudFormation creates what is new before it deletes what is removed. */
function nameTaken({ type, after, id }: ResourceChange, { before, after: all }: Scope): readonly Found[] {
  const name = physicalName(after);
  const owner =
    name && [...before.ofType(type), ...all.ofType(type)].find((other) => other.id !== id && physicalName(other) === name);
  if (!after || !owner) return [];
  const text = `${formatName(after)} belongs to ${owner.id}: CloudFormation creates the new one before it deletes the old one`;
  return [blocked('name-taken', text, `keep the logical ID ${owner.id}`, 'or give the new one another name')];
}

function replacedUnderItsName({ part }: ResourceChange, name: string, causes: string): Found {
  const isDatabase = part === 'database' || part === 'replicas';
  return blocked(
    'replaced-under-its-name',
    `${causes} can only change in a new resource, and ${name} is taken by the old one: CloudFormation refuses`,
    `keep ${causes} as it is${isDatabase ? ': it cannot change later' : ''}`,
    isDatabase
      ? 'or restore a snapshot into a new store: "restoreFromSnapshot": "…"'
      : 'or change the name with it, if another name is allowed',
  );
}

function removed(id: string, before: Resource, stateful: StatefulType): Found {
  const loss = { id, stateful, workaround: `put ${id} back into the template` };
  return blockedLoss(`${stateful.singular} ${id} is removed from the stack: it`, whenRemoved(before), loss);
}

interface Loss {
  readonly id: string;
  readonly stateful: StatefulType;
  readonly workaround: string;
}

/** @param start subject of the sentence: what is deleted or kept */
function blockedLoss(start: string, policy: DeletionPolicy, { id, stateful, workaround }: Loss): Found {
  const deleted = (text: string, lost: string): Found => ({
    ...blocked('data-lost', `${start} is deleted${text}`, workaround),
    kind: 'data-lost',
    lost,
  });
  switch (policy) {
    case 'Retain': // kept, and still lost to the store
      return {
        ...blocked(
          'left-behind',
          `${start} is kept, and the store no longer uses it`,
          workaround,
          'or move its content to another one by hand first, and remove it after that',
        ),
        after: ['keptBehind'],
      };
    case 'Snapshot':
      return deleted(' after a last snapshot', `the content of ${id}, except its last snapshot`);
    default:
      return deleted(`, with ${stateful.contents}`, `${stateful.contents} (${id})`);
  }
}

/** Of the whole stack. */
export function tooMany({ after }: Scope): readonly Found[] {
  const { most } = changeFacts.stackResources;
  const count = after.resources.length;
  if (count <= most) return [];
  const text = `${formatCount(count, 'resource')}: CloudFormation allows ${most} in a stack`;
  return [blocked('too-many-resources', text, 'turn parts off, such as alarms of replicas')];
}
