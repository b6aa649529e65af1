import { changeFacts } from '../../../facts/changes';
import { type StatefulType, statefulType } from '../../../template/stateful-resources';
import type { Found, Scope } from '../finding';
import { formatCount, formatList } from '../format';
import type { ResourceChange } from '../resource-change';
import { replacing } from './in-place';
import { formatName, physicalName } from './names';

/** What CloudFormation refuses and what loses data, whatever the type: blocked before any rule of the type is asked. */
export function protectedFrom(change: ResourceChange, scope: Scope): readonly Found[] {
  if (change.typeBefore !== undefined) return [typeChanges(change, change.typeBefore)];
  if (change.impact === 'added') return nameTaken(change, scope);
  const stateful = statefulType(change.before);
  if (change.impact === 'removed') return stateful ? [removedStateful(change, stateful)] : [];
  const causes = replacing(change).map(({ name }) => name);
  if (causes.length === 0) return [];
  const name = physicalName(change.before);
  if (change.after && name !== undefined && name === physicalName(change.after)) {
    return [replacedUnderItsName(change, formatName(change.after), causes)];
  }
  return stateful ? [replacedWithout(change, stateful, causes)] : [];
}

/** AWS CloudFormation: Update of resource type is not permitted. */
function typeChanges({ id, type }: ResourceChange, typeBefore: string): Found {
  return {
    kind: 'blocked',
    text: `${id} was ${typeBefore} and would be ${type}: CloudFormation changes no resource’s type`,
    block: { rule: 'type-changes', workaround: ['give the new resource a logical ID of its own'] },
  };
}

/** CloudFormation makes what is new before it deletes what goes. */
function nameTaken({ type, after, id }: ResourceChange, { before, after: all }: Scope): readonly Found[] {
  const name = physicalName(after);
  const owner =
    name && [...before.ofType(type), ...all.ofType(type)].find((other) => other.id !== id && physicalName(other) === name);
  if (!after || !owner) return [];
  return [
    {
      kind: 'blocked',
      text: `${formatName(after)} belongs to ${owner.id}: CloudFormation makes the new one before the old one goes`,
      block: { rule: 'name-taken', workaround: [`keep the logical ID ${owner.id}`, 'or give the new one another name'] },
    },
  ];
}

function replacedUnderItsName({ part }: ResourceChange, name: string, causes: readonly string[]): Found {
  const workaround =
    part === 'database' || part === 'replicas'
      ? [
          `keep ${formatList(causes)} as it is: it is chosen once`,
          'or restore a snapshot into a new store: "restoreFromSnapshot": "…"',
        ]
      : [`keep ${formatList(causes)} as it is`, 'or change the name with it, where another name may be taken'];
  return {
    kind: 'blocked',
    text: `${formatList(causes)} can only change in a new resource, and ${name} is taken by the old one: CloudFormation refuses`,
    block: { rule: 'replaced-under-its-name', workaround },
  };
}

function removedStateful({ policies, id }: ResourceChange, stateful: StatefulType): Found {
  const back = `put ${id} back into the template`;
  switch (policies.deletion.before) {
    case 'Retain':
      return orphaned(
        `${stateful.singular} ${id} leaves the stack: it stays behind, and the store does not find it any more`,
        back,
      );
    case 'Snapshot':
      return deleted(
        `${stateful.singular} ${id} is deleted after a last snapshot`,
        `what ${id} holds, but for its last snapshot`,
        back,
      );
    default:
      return deleted(
        `${stateful.singular} ${id} is deleted, and ${stateful.contents} with it`,
        `${stateful.contents} (${id})`,
        back,
      );
  }
}

function replacedWithout({ policies, id }: ResourceChange, stateful: StatefulType, causes: readonly string[]): Found {
  const back = `keep ${formatList(causes)} as it is`;
  const begins = `${formatList(causes)}: a new, empty ${stateful.singular} in place of ${id}`;
  switch (policies.replacement.after) {
    case 'Retain':
      return orphaned(`${begins}; the old one stays behind, and the store does not find it any more`, back);
    case 'Snapshot':
      return deleted(
        `${begins}; the old one is deleted after a last snapshot`,
        `what ${id} holds, but for its last snapshot`,
        back,
      );
    default:
      return deleted(`${begins}; the old one is deleted, and ${stateful.contents} with it`, `${stateful.contents} (${id})`, back);
  }
}

/** Kept, and still lost to the store. */
function orphaned(text: string, back: string): Found {
  const workaround = [back, 'or move what it holds to another one by hand first, and take it away after that'];
  return { kind: 'blocked', text, block: { rule: 'left-behind', workaround }, after: ['keptBehind'] };
}

function deleted(text: string, lost: string, back: string): Found {
  return { kind: 'data-lost', text, lost, block: { rule: 'data-lost', workaround: [back] } };
}

/** Nothing of one resource alone. */
export function tooMany({ after }: Scope): readonly Found[] {
  const { most } = changeFacts.stackResources;
  const count = after.resources.length;
  if (count <= most) return [];
  const text = `${formatCount(count, 'resource')}: CloudFormation takes ${most} in a stack`;
  return [
    { kind: 'blocked', text, block: { rule: 'too-many-resources', workaround: ['turn parts off, such as alarms of replicas'] } },
  ];
}
