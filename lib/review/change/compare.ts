import type { ResourceDifference } from '@aws-cdk/cloudformation-diff';
import { type CloudFormationTemplate, isList, type Json, type Resource, Template } from '../../template/template';
import { only, resourceOf, textOf } from '../../template/template-text';
import { partOfChange } from './part-of';
import { policiesOf } from './policies';
import type { Impact, Policies, PropertyChange, ResourceChange } from './resource-change';
import { replacing } from './rules/in-place';

/** What differs between two templates: what the new one has in its order, then what goes. */
export interface Comparison {
  readonly before: Template;
  readonly after: Template;
  readonly changes: readonly ResourceChange[];
}

const made = new WeakMap<CloudFormationTemplate, WeakMap<CloudFormationTemplate, Comparison>>();

/** Compared once for each pair of templates. */
export function compare(from: CloudFormationTemplate, to: CloudFormationTemplate): Comparison {
  const found = made.get(from)?.get(to);
  if (found) return found;
  const comparison = compareAnew(from, to);
  const others = made.get(from) ?? new WeakMap<CloudFormationTemplate, Comparison>();
  made.set(from, others.set(to, comparison));
  return comparison;
}

interface Sides {
  readonly from: CloudFormationTemplate;
  readonly to: CloudFormationTemplate;
}

function compareAnew(from: CloudFormationTemplate, to: CloudFormationTemplate): Comparison {
  const sides = { from, to };
  const [before, after] = [new Template(from), new Template(to)];
  const [was, is] = [byId(before), byId(after)];
  const ids = differingIds(sides);
  const differences = new Map(
    differencesOf(
      ids.filter((id) => !isWatcher(id, sides)),
      sides,
    ),
  );
  const touched = new Set([...ids, ...differences.keys()]);
  const changes = [...touched].flatMap((id) => {
    const difference = differences.get(id);
    const properties = difference ? bySpecification(difference) : asWritten(id, sides);
    const resource = is.get(id) ?? was.get(id);
    const named = (is.has(id) ? after : before).referencesIn(
      (is.has(id) ? resourceOf(to, id) : resourceOf(from, id))?.Properties as Json,
    );
    return resource
      ? (changeOf({ id, before: was.get(id), after: is.get(id), part: partOfChange(resource, named), properties }) ?? [])
      : [];
  });
  return { before, after, changes: withoutFalseAlarms(changes, new Set(ids), sides) };
}

/** What differs in nothing itself, and refers to nothing that is replaced after all: the rules know better than the specification. */
function withoutFalseAlarms(
  changes: readonly ResourceChange[],
  differing: ReadonlySet<string>,
  sides: Sides,
): readonly ResourceChange[] {
  const replaced = changes.filter((change) => change.impact !== 'added' && replacing(change).length > 0).map(({ id }) => id);
  const holders = new Set(holdersOf(replaced, sides));
  const kept = changes.filter(({ id }) => differing.has(id) || holders.has(id));
  return kept.length === changes.length ? kept : withoutFalseAlarms(kept, differing, sides);
}

function byId(template: Template): ReadonlyMap<string, Resource> {
  return new Map(template.resources.map((resource) => [resource.id, resource]));
}

function differingIds({ from, to }: Sides): readonly string[] {
  const [before, after] = [textOf(from), textOf(to)];
  return [...new Set([...after.keys(), ...before.keys()])].filter((id) => before.get(id) !== after.get(id));
}

/** Alarms and dashboards hold no state, nothing takes a value from them, and to compare them takes longer than all the rest. */
function isWatcher(id: string, { from, to }: Sides): boolean {
  return (resourceOf(to, id) ?? resourceOf(from, id))?.Type.startsWith('AWS::CloudWatch::') ?? false;
}

type Differences = readonly (readonly [id: string, difference: ResourceDifference])[];

/**
 * By the package of the CDK, with CloudFormation's specification. It gets what differs alone, and then again with what refers to a
 * resource that is replaced: another physical ID may replace its holder, too.
 */
function differencesOf(ids: readonly string[], sides: Sides): Differences {
  if (ids.length === 0) return [];
  const { fullDiff } = require('@aws-cdk/cloudformation-diff') as typeof import('@aws-cdk/cloudformation-diff'); // a second of specification
  const differences = Object.entries(fullDiff(only(ids, sides.from), only(ids, sides.to)).resources.changes);
  const replaced = differences.flatMap(([id, { changeImpact }]) =>
    changeImpact && impacts[changeImpact] === 'replaced' ? [id] : [],
  );
  const known = new Set(ids);
  const holders = holdersOf(replaced, sides).filter((id) => !known.has(id));
  return holders.length === 0 ? differences : differencesOf([...ids, ...holders], sides);
}

function holdersOf(replaced: readonly string[], sides: Sides): string[] {
  const references = replaced.flatMap((id) => [`"Ref":"${id}"`, `"Fn::GetAtt":["${id}"`]);
  return [...textOf(sides.to)]
    .filter(([id, text]) => !isWatcher(id, sides) && references.some((reference) => text.includes(reference)))
    .map(([id]) => id);
}

function bySpecification({ propertyUpdates }: ResourceDifference): PropertyChange[] {
  return Object.entries(propertyUpdates).map(([name, { oldValue, newValue, changeImpact }]) => ({
    name,
    impact: (changeImpact && impacts[changeImpact]) ?? 'updated',
    before: oldValue as Json, // the package says any; it is a template's value
    after: newValue as Json,
  }));
}

const impacts: Readonly<Record<string, PropertyChange['impact']>> = { WILL_REPLACE: 'replaced', MAY_REPLACE: 'may-replace' };

/** Of alarms and dashboards, whose one create-only property is their name. */
function asWritten(id: string, { from, to }: Sides): PropertyChange[] {
  const [before, after] = [record(resourceOf(from, id)?.Properties), record(resourceOf(to, id)?.Properties)];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({
      name,
      impact: /^(Alarm|Dashboard)Name$/.test(name) ? 'replaced' : 'updated',
      before: before[name],
      after: after[name],
    }));
}

function record(properties: unknown): Readonly<Record<string, Json>> {
  return typeof properties === 'object' && properties !== null && !isList(properties as Json)
    ? (properties as Readonly<Record<string, Json>>)
    : {};
}

/** undefined where nothing reaches AWS, as with metadata or the order of creation. */
function changeOf(seen: Omit<ResourceChange, 'type' | 'impact' | 'policies'>): ResourceChange | undefined {
  const { before, after, properties } = seen;
  const type = after?.type ?? before?.type ?? '';
  const policies = policiesOf(before, after);
  const impact = before && after ? worst(properties) : after ? 'added' : 'removed';
  const typeBefore = before && before.type !== type ? { typeBefore: before.type } : {};
  const change = { ...seen, type, ...typeBefore, impact, policies };
  return impact === 'updated' && properties.length === 0 && !change.typeBefore && keeps(policies) ? undefined : change;
}

function keeps({ deletion, replacement }: Policies): boolean {
  return deletion.before === deletion.after && replacement.before === replacement.after;
}

function worst(properties: readonly PropertyChange[]): Impact {
  return (
    (['replaced', 'may-replace'] as const).find((impact) => properties.some((property) => property.impact === impact)) ??
    'updated'
  );
}
