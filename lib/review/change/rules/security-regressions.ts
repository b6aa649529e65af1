import { isList, type Json, member } from '../../../template/template';
import type { Find, FindInProperty, Found } from '../finding';
import { isOn } from '../format';

/** Protection that a property gives: what is said where it goes, and where it comes. */
export function protectedWhileOn(deleted: string, come: string): FindInProperty {
  return ({ after }) => [isOn(after) ? { kind: 'updated', text: come } : { kind: 'security-regression', text: deleted }];
}

/** The other way round: a property that opens something. */
export function openWhileOn(opened: string, closed: string): FindInProperty {
  return ({ after }) => [isOn(after) ? { kind: 'security-regression', text: opened } : { kind: 'updated', text: closed }];
}

/** Protection that is there while the property has a value. */
export function protectedWhileThere(deleted: string, changed: string): FindInProperty {
  return ({ after }) => [isThere(after) ? { kind: 'updated', text: changed } : { kind: 'security-regression', text: deleted }];
}

function isThere(value: Json): boolean {
  return value !== undefined && value !== null && !(isList(value) && value.length === 0);
}

const blocks = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** All four of a bucket's, or some of it may be made public. */
export const publicAccessBlock: FindInProperty = ({ after }) => {
  const open = blocks.filter((name) => !isOn(member(after, name)));
  return open.length === 0
    ? [{ kind: 'updated', text: 'public access is blocked' }]
    : [{ kind: 'security-regression', text: 'public access is not blocked any more' }];
};

/** A policy goes, and what it is for stays: who reads by it is refused, and what it refused is not. @param target property that names what it is for */
export function policyRemoved(target: string, text: string): Find {
  return ({ before }, { after }): readonly Found[] => {
    const stays = before?.references(target).some(({ id }) => after.resources.some((resource) => resource.id === id));
    return stays ? [{ kind: 'security-regression', text }] : [];
  };
}
