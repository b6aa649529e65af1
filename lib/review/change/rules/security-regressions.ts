import { isList, type Json, member } from '../../../template/template';
import { type Find, type FindInProperty, type Found, updated } from '../finding';
import { isOn } from '../format';

/** Protection that a property gives while `isProtected` says so of its value. */
function protection(isProtected: (value: Json) => boolean, lost: string, given: string): FindInProperty {
  return ({ after }) => (isProtected(after) ? updated(given) : weaker(lost));
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
 * A guard or a messenger is removed, and what it stands for stays. Where it names no resource of the template, that is not known to go.
 * @param target property that names the resource
 */
export function removedFrom(target: string, text: string): Find {
  return ({ before }, { after }): readonly Found[] => {
    const named = before?.references(target) ?? [];
    const stays = named.length === 0 || named.some(({ id }) => after.withId(id));
    return stays ? [weaker(text)] : [];
  };
}

/** Less protected or less watched than before; nothing is unavailable. */
export const weaker = (text: string): Found => ({ kind: 'security-regression', text });
