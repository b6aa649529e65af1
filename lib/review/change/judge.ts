import { statefulType } from '../../template/stateful-resources';
import type { Resource, Template } from '../../template/template';
import type { UnknownValue } from '../../template/unknown-value';
import type { Finding, Found, Scope } from './finding';
import { formatList } from './format';
import { otherPart } from './part-of';
import type { ResourceChange } from './resource-change';
import { replacing } from './rules/in-place';
import { minorProperties, minorTypes } from './rules/noise';
import { protectedFrom, tooMany } from './rules/protected';
import { isKnownType, rulesOf } from './rules/table';

/** What all changes together do: by the rules of their types, and in general words where no rule says more. */
export function judge(scope: Scope): readonly Finding[] {
  const types = [...Map.groupBy(scope.changes, ({ type }) => type)];
  const findings = types.flatMap(([type, changes]) => judgeType(type, changes, scope));
  const notable = findings.filter(({ minor }) => !minor);
  return [...notable, ...placed(tooMany(scope), undefined), ...summedUp(findings.filter(({ minor }) => minor))];
}

/** What is refused or loses data needs no more words. */
function judgeType(type: string, changes: readonly ResourceChange[], scope: Scope): Finding[] {
  const guarded = changes.flatMap((change) => placed(protectedFrom(change, scope), change));
  const stopped = new Set(guarded.flatMap(({ resources }) => resources));
  const free = changes.filter(({ id }) => !stopped.has(id));
  const { together } = rulesOf(type);
  const rest = together
    ? free.length > 0
      ? together(free, scope)
      : []
    : free.flatMap((change) => placed(foundIn(change, scope), change));
  return guarded.concat(rest);
}

/** A rule that needed a value which only AWS knows has judged nothing. */
function foundIn(change: ResourceChange, scope: Scope): readonly Found[] {
  const { result: after, unknown: unknownAfter } = scope.after.read((afterView) =>
    scope.before.read((beforeView) => {
      const sides = { before: sameIn(beforeView, change.before), after: sameIn(afterView, change.after) };
      return byRules({ ...change, ...sides }, { ...scope, before: beforeView, after: afterView });
    }),
  );
  const unknown = [...after.unknown, ...unknownAfter];
  return unknown.length === 0 ? after.result : [...after.result, dependsOn(unknown, change)];
}

function sameIn(view: Template, resource: Resource | undefined): Resource | undefined {
  return resource && view.resources.find(({ id }) => id === resource.id);
}

function dependsOn(unknown: readonly UnknownValue[], { id }: ResourceChange): Found {
  const names = [
    ...new Set(unknown.map(({ resource, property }) => (resource === id ? property : `${property} of ${resource}`))),
  ];
  return { kind: 'not judged', text: `${id}: only AWS knows ${formatList(names)}` };
}

function byRules(change: ResourceChange, scope: Scope): readonly Found[] {
  const rules = rulesOf(change.type);
  if (change.impact === 'added' || change.impact === 'removed') return (rules[change.impact] ?? general)(change, scope);
  return replacing(change).length > 0 ? (rules.replaced ?? general)(change, scope) : updated(change, scope);
}

function updated(change: ResourceChange, scope: Scope): readonly Found[] {
  const { refused, whole, properties = {} } = rulesOf(change.type);
  const refusals = refused?.(change, scope) ?? [];
  if (refusals.length > 0) return refusals;
  const ruled = change.properties.flatMap((property) => properties[property.name]?.(property, change, scope) ?? []);
  const found = [...(whole?.(change, scope) ?? []), ...ruled, ...policyFindings(change)];
  const rest = change.properties.map(({ name }) => name).filter((name) => !properties[name] && !minorProperties.has(name));
  if (rest.length > 0 && holdsData(change)) return [...found, withoutRule(change, rest)];
  if (rest.length > 0 && minorTypes[change.type] === undefined) {
    return [
      ...found,
      { kind: 'updated', text: `${formatType(change.type)}: ${formatList(rest)}, in place by CloudFormation’s specification` },
    ];
  }
  return found.length > 0 ? found : isSilent(change, properties) ? [] : asMinor(change);
}

/** Where every property has a rule, and none of them had anything to say. */
function isSilent({ properties }: ResourceChange, rules: Readonly<Record<string, unknown>>): boolean {
  return properties.every(({ name }) => rules[name]);
}

/** What becomes of it if it ever leaves. */
function policyFindings({ policies: { deletion } }: ResourceChange): readonly Found[] {
  if (deletion.before === deletion.after || deletion.after !== 'Delete') return [];
  return [{ kind: 'updated', text: `not kept any more when it leaves the stack (deletion policy ${deletion.before} → Delete)` }];
}

function general(change: ResourceChange): readonly Found[] {
  if (minorTypes[change.type] !== undefined) return asMinor(change);
  if (change.impact === 'added' && isKnownType(change.type)) return [{ kind: 'added', text: formatType(change.type) }];
  const what = `${formatType(change.type)} ${change.id}`;
  if (change.impact === 'added' || change.impact === 'removed')
    return [{ kind: 'not judged', text: `${what} is ${change.impact}: no rule knows what that does` }];
  const causes = formatList(replacing(change).map(({ name }) => name));
  const text = `${what}: a new one (${causes}), then the old one is deleted; no rule knows what that does`;
  return [{ kind: 'not judged', text, before: ['rollback'] }];
}

function holdsData({ before, after }: ResourceChange): boolean {
  const stateful = statefulType(before) ?? statefulType(after);
  return stateful !== undefined && !stateful.addressOnly;
}

function withoutRule({ type, id }: ResourceChange, names: readonly string[]): Found {
  return { kind: 'not judged', text: `${formatType(type)} ${id} holds data, and no rule knows ${formatList(names)}` };
}

/** `AWS::DynamoDB::Table` as `DynamoDB Table`. */
function formatType(type: string): string {
  return type.split('::').slice(-2).join(' ');
}

function asMinor({ type, properties }: ResourceChange): readonly Found[] {
  const tagsAlone = properties.length > 0 && properties.every(({ name }) => minorProperties.has(name));
  return [{ kind: 'updated', text: tagsAlone ? 'tags' : (minorTypes[type] ?? 'attributes'), minor: true }];
}

function placed(found: readonly Found[], change: ResourceChange | undefined): Finding[] {
  const place = { part: change?.part ?? otherPart, resources: change ? [change.id] : [] };
  return found.map((finding) => Object.assign({}, place, finding));
}

function summedUp(findings: readonly Finding[]): Finding[] {
  if (findings.length === 0) return [];
  const counts = [...Map.groupBy(findings, ({ text }) => text)].map(([text, all]) => `${text} (${all.length})`);
  const resources = findings.flatMap((finding) => finding.resources);
  return [{ kind: 'updated', text: formatList(counts.toSorted()), part: otherPart, resources }];
}
