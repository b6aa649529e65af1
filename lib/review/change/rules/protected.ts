import { changeFacts } from '../../../facts/changes';
import { type StatefulType, statefulType } from '../../../template/stateful-resources';
import type { Found, Scope } from '../finding';
import { counted, inWords } from '../format';
import type { ResourceChange } from '../resource-change';
import { replacing } from './in-place';
import { nameInWords, physicalName } from './names';

/** What CloudFormation refuses and what loses data, whatever the type: blocked before any rule of the type is asked. */
export function protectedFrom(change: ResourceChange, scope: Scope): readonly Found[] {
  if (change.typeBefore !== undefined) return [typeChanges(change, change.typeBefore)];
  if (change.impact === 'added') return nameTaken(change, scope);
  const stateful = statefulType(change.before);
  if (change.impact === 'removed') return stateful ? [leaves(change, stateful)] : [];
  const causes = replacing(change).map(({ name }) => name);
  if (causes.length === 0) return [];
  const name = physicalName(change.before);
  if (change.after && name !== undefined && name === physicalName(change.after)) {
    return [replacedUnderItsName(change, nameInWords(change.after), causes)];
  }
  return stateful ? [replacedWithout(change, stateful, causes)] : [];
}

/** AWS CloudFormation: Update of resource type is not permitted. */
function typeChanges({ id, type }: ResourceChange, typeBefore: string): Found {
  return {
    kind: 'blocked',
    words: `${id} was ${typeBefore} and would be ${type}: CloudFormation changes no resource’s type`,
    block: { rule: 'type-changes', wayRound: ['give the new resource a logical ID of its own'] },
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
      words: `${nameInWords(after)} belongs to ${owner.id}: CloudFormation makes the new one before the old one goes`,
      block: { rule: 'name-taken', wayRound: [`keep the logical ID ${owner.id}`, 'or give the new one another name'] },
    },
  ];
}

function replacedUnderItsName({ part }: ResourceChange, name: string, causes: readonly string[]): Found {
  const wayRound =
    part === 'database' || part === 'replicas'
      ? [
          `keep ${inWords(causes)} as it is: it is chosen once`,
          'or restore a snapshot into a new store: "restoreFromSnapshot": "…"',
        ]
      : [`keep ${inWords(causes)} as it is`, 'or change the name with it, where another name may be taken'];
  return {
    kind: 'blocked',
    words: `${inWords(causes)} can only change in a new resource, and ${name} is taken by the old one: CloudFormation refuses`,
    block: { rule: 'replaced-under-its-name', wayRound },
  };
}

function leaves({ policies, id }: ResourceChange, stateful: StatefulType): Found {
  const back = `put ${id} back into the template`;
  switch (policies.deletion.before) {
    case 'Retain':
      return orphaned(
        `${stateful.singular} ${id} leaves the stack: it stays behind, and the store does not find it any more`,
        back,
      );
    case 'Snapshot':
      return gone(
        `${stateful.singular} ${id} is deleted after a last snapshot`,
        `what ${id} holds, but for its last snapshot`,
        back,
      );
    default:
      return gone(
        `${stateful.singular} ${id} is deleted, and ${stateful.contents} with it`,
        `${stateful.contents} (${id})`,
        back,
      );
  }
}

function replacedWithout({ policies, id }: ResourceChange, stateful: StatefulType, causes: readonly string[]): Found {
  const back = `keep ${inWords(causes)} as it is`;
  const begins = `${inWords(causes)}: a new, empty ${stateful.singular} in place of ${id}`;
  switch (policies.replacement.after) {
    case 'Retain':
      return orphaned(`${begins}; the old one stays behind, and the store does not find it any more`, back);
    case 'Snapshot':
      return gone(`${begins}; the old one is deleted after a last snapshot`, `what ${id} holds, but for its last snapshot`, back);
    default:
      return gone(`${begins}; the old one is deleted, and ${stateful.contents} with it`, `${stateful.contents} (${id})`, back);
  }
}

/** Kept, and still lost to the store. */
function orphaned(words: string, back: string): Found {
  const wayRound = [back, 'or move what it holds to another one by hand first, and take it away after that'];
  return { kind: 'blocked', words, block: { rule: 'left-behind', wayRound }, after: ['keptBehind'] };
}

function gone(words: string, lost: string, back: string): Found {
  return { kind: 'lost', words, lost, block: { rule: 'data-lost', wayRound: [back] } };
}

/** Nothing of one resource alone. */
export function tooMany({ after }: Scope): readonly Found[] {
  const { most } = changeFacts.stackResources;
  const count = after.resources.length;
  if (count <= most) return [];
  const words = `${counted(count, 'resource')}: CloudFormation takes ${most} in a stack`;
  return [
    { kind: 'blocked', words, block: { rule: 'too-many-resources', wayRound: ['turn parts off, such as alarms of replicas'] } },
  ];
}
