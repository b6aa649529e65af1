import { whenRemoved } from '../../template/deletion-policy';
import type { Resource, Template, UnknownValue } from '../../template/template';
import { otherPart } from './compare';
import { type Find, type Finding, type Found, type Scope, updated } from './finding';
import { formatList } from './format';
import type { ResourceChange } from './resource-change';
import { replacing } from './rules/in-place';
import { minorProperties, minorTypes } from './rules/noise';
import { protectedFrom, tooMany } from './rules/protected';
import { isKnownType, rulesOf } from './rules/table';

/** What all changes together do: by the rules of their types, and in general terms where no rule says more. */
export function judge(scope: Scope): readonly Finding[] {
  const types = [...Map.groupBy(scope.changes, ({ type }) => type)];
  const findings = types.flatMap(([type, changes]) => judgeType(type, changes, scope));
  const ofStack = [...tooMany(scope), ...scope.parameters.map(otherDefault), ...scope.shared.map(otherShared)];
  return [...findings.filter(({ minor }) => !minor), ...placed(ofStack), ...summedUp(findings.filter(({ minor }) => minor))];
}

function otherDefault(name: string): Found {
  return { kind: 'not judged', text: `the default of parameter ${name} changes: the stack may keep the value that it has` };
}

function otherShared(name: string): Found {
  return { kind: 'not judged', text: `${name} changes: what it does to the resources that use it is not compared` };
}

/** What is refused or loses data needs no further finding. */
function judgeType(type: string, changes: readonly ResourceChange[], scope: Scope): Finding[] {
  const guarded = changes.flatMap((change) => placed(protectedFrom(change, scope), change));
  const stopped = new Set(guarded.flatMap(({ resources }) => resources));
  const free = changes.filter(({ id }) => !stopped.has(id));
  const { together } = rulesOf(type);
  if (together) return free.length === 0 ? guarded : [...guarded, ...together(free, scope)];
  return [...guarded, ...free.flatMap((change) => placed(foundIn(change, scope), change))];
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
  return resource && view.withId(resource.id);
}

function dependsOn(unknown: readonly UnknownValue[], { id }: ResourceChange): Found {
  const names = unknown.map(({ resource, property }) => (resource === id ? property : `${property} of ${resource}`));
  return { kind: 'not judged', text: `${id}: only AWS knows ${formatList([...new Set(names)])}` };
}

function byRules(change: ResourceChange, scope: Scope): readonly Found[] {
  const rules = rulesOf(change.type);
  if (change.impact === 'added' || change.impact === 'removed') return found(rules[change.impact] ?? general, change, scope);
  return replacing(change).length > 0 ? found(rules.replaced ?? general, change, scope) : update(change, scope);
}

function found(rule: Find, change: ResourceChange, scope: Scope): readonly Found[] {
  return [typeof rule === 'function' ? rule(change, scope) : rule].flat();
}

function update(change: ResourceChange, scope: Scope): readonly Found[] {
  const rules = rulesOf(change.type);
  const refused = found(rules.refused ?? [], change, scope);
  if (refused.length > 0) return refused;
  const { properties: ruleOf = {} } = rules;
  const ruled = change.properties.flatMap((property) => {
    const rule = ruleOf[property.name] ?? [];
    return typeof rule === 'function' ? rule(property, change, scope) : rule;
  });
  const all = [...ruled, ...found(rules.update ?? [], change, scope), ...policyFindings(change)];
  const rest = change.properties.map(({ name }) => name).filter((name) => !ruleOf[name] && !minorProperties.has(name));
  if (rest.length > 0 && minorTypes[change.type] === undefined) return [...all, withoutRule(change, rest)];
  const isSilent = change.properties.every(({ name }) => ruleOf[name]);
  return all.length > 0 || isSilent ? all : [asMinor(change)];
}

function policyFindings({ before, after }: ResourceChange): readonly Found[] {
  if (!before || !after || whenRemoved(after) !== 'Delete' || whenRemoved(before) === 'Delete') return [];
  return [updated(`no longer kept when it is removed from the stack (deletion policy ${whenRemoved(before)} → Delete)`)];
}

function general(change: ResourceChange): Found {
  const { type, id, impact } = change;
  if (minorTypes[type] !== undefined) return asMinor(change);
  if (impact === 'added' && isKnownType(type)) return { kind: 'added', text: formatType(type) };
  const resource = `${formatType(type)} ${id}`;
  if (impact === 'added' || impact === 'removed')
    return { kind: 'not judged', text: `${resource} is ${impact}: there is no rule for it` };
  const causes = formatList(replacing(change).map(({ name }) => name));
  return { kind: 'not judged', text: `${resource} is replaced (${causes}): there is no rule for it`, before: ['rollback'] };
}

/** A property that nobody has looked at, or a type: a nested stack, a data store that this project has not. */
function withoutRule({ type, id }: ResourceChange, names: readonly string[]): Found {
  return { kind: 'not judged', text: `${formatType(type)} ${id}: there is no rule for ${formatList(names)}` };
}

/** `AWS::DynamoDB::Table` as `DynamoDB Table`. */
function formatType(type: string): string {
  return type.split('::').slice(-2).join(' ');
}

function asMinor({ type, properties }: ResourceChange): Found {
  const tagsAlone = properties.length > 0 && properties.every(({ name }) => minorProperties.has(name));
  return updated(tagsAlone ? 'tags' : (minorTypes[type] ?? 'attributes'), { minor: true });
}

function placed(all: readonly Found[], change?: ResourceChange): Finding[] {
  const place = { part: change?.part ?? otherPart, resources: change ? [change.id] : [] };
  return all.map((one) => Object.assign({}, place, one));
}

function summedUp(findings: readonly Finding[]): Finding[] {
  if (findings.length === 0) return [];
  const counts = [...Map.groupBy(findings, ({ text }) => text)].map(([text, all]) => `${text} (${all.length})`);
  const resources = findings.flatMap((finding) => finding.resources);
  return [{ kind: 'updated', text: formatList(counts.toSorted()), part: otherPart, resources }];
}
