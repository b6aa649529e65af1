import { isList, type Json, member } from '../../../template/template';
import { type Find, type FindInProperty, type Found, updated } from '../finding';
import { isOn } from '../format';

/** Protection that a property gives while `isProtected` says so of its value. */
function protection(isProtected: (value: Json) => boolean, lost: string, given: string): FindInProperty {
  return ({ after }) => (isProtected(after) ? updated(given) : { kind: 'security-regression', text: lost });
}

export const protectedWhileOn = (lost: string, given: string): FindInProperty => protection(isOn, lost, given);

/** The other way round: a property that opens something. */
export const openWhileOn = (opened: string, closed: string): FindInProperty =>
  protection((value) => !isOn(value), opened, closed);

/** Protection while the property has a value. */
export const protectedWhileSet = (lost: string, changed: string): FindInProperty =>
  protection((value) => value !== undefined && value !== null && !(isList(value) && value.length === 0), lost, changed);

const blocks = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** All four of a bucket's, or some of it may be made public. */
export const publicAccessBlock: FindInProperty = protection(
  (value) => blocks.every((name) => isOn(member(value, name))),
  'public access is no longer blocked',
  'public access is blocked',
);

/**
 * A policy is removed, and its resource stays: access that it grants is refused, and access that it refuses is granted.
 * @param target property that names the resource
 */
export function policyRemoved(target: string, text: string): Find {
  return ({ before }, { after }): readonly Found[] => {
    const stays = before?.references(target).some(({ id }) => after.resources.some((resource) => resource.id === id));
    return stays ? [{ kind: 'security-regression', text }] : [];
  };
}
