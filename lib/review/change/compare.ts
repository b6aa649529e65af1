import type { ResourceDifference } from '@aws-cdk/cloudformation-diff';
import type { PartName } from '../../facts/part-names';
import { whenRemoved, whenReplaced } from '../../template/deletion-policy';
import { partOf } from '../../template/part-of';
import type { Json, Template } from '../../template/template';
import { type IndexedTemplate, subset } from './indexed-template';
import type { PropertyChange, ResourceChange } from './resource-change';
import { replacing } from './rules/in-place';

/** What differs between two templates: what the new one has in its order, then what is removed. */
export interface Comparison {
  readonly before: Template;
  readonly after: Template;
  readonly changes: readonly ResourceChange[];
  /** Names of parameters that both have with another default. */
  readonly parameters: readonly string[];
  /** Conditions and mappings that both have, and that differ: `mapping Sizes`. */
  readonly shared: readonly string[];
}

/** Part of what has neither a tag nor a place of its own. */
export const otherPart = 'other' satisfies PartName;

interface Sides {
  readonly from: IndexedTemplate;
  readonly to: IndexedTemplate;
}

export function compare(from: IndexedTemplate, to: IndexedTemplate): Comparison {
  const sides = { from, to };
  const ids = [...to.texts.keys(), ...from.texts.keys()].filter((id) => from.texts.get(id) !== to.texts.get(id));
  const differing = new Set(ids);
  const differences = new Map(
    differencesOf(
      [...differing].filter((id) => !isWatcher(id, sides)),
      sides,
    ),
  );
  const changes = [...new Set([...differing, ...differences.keys()])].flatMap((id) => {
    const difference = differences.get(id);
    return changeOf(id, difference ? bySpecification(difference) : asWritten(id, sides), sides);
  });
  return {
    before: from.template,
    after: to.template,
    changes: withoutFalseAlarms(changes, differing, sides),
    parameters: parametersWithOtherDefault(sides),
    shared: sharedThatDiffer(sides),
  };
}

/** Without resources that differ only in references to others, which by our rules are not replaced, whatever the specification says. */
function withoutFalseAlarms(
  changes: readonly ResourceChange[],
  differing: ReadonlySet<string>,
  sides: Sides,
): readonly ResourceChange[] {
  const replaced = changes.filter((change) => change.impact !== 'added' && replacing(change).length > 0).map(({ id }) => id);
  const dependents = new Set(dependentsOf(replaced, sides));
  const kept = changes.filter(({ id }) => differing.has(id) || dependents.has(id));
  return kept.length === changes.length ? kept : withoutFalseAlarms(kept, differing, sides);
}

/** Alarms and dashboards hold no state, nothing takes a value from them, and to compare them takes longer than all the rest. */
function isWatcher(id: string, { from, to }: Sides): boolean {
  return (to.resources.get(id) ?? from.resources.get(id))?.type.startsWith('AWS::CloudWatch::') ?? false;
}

/**
 * By the package of the CDK, with CloudFormation's specification. It gets what differs alone, and then again with what refers to a
 * resource that is replaced: another physical ID may replace its dependents, too.
 */
function differencesOf(ids: readonly string[], sides: Sides): readonly (readonly [id: string, ResourceDifference])[] {
  if (ids.length === 0) return [];
  const { fullDiff } = require('@aws-cdk/cloudformation-diff') as typeof import('@aws-cdk/cloudformation-diff'); // a second of specification
  const differences = Object.entries(fullDiff(subset(ids, sides.from), subset(ids, sides.to)).resources.changes);
  const replaced = differences.flatMap(([id, { changeImpact }]) =>
    changeImpact && impacts[changeImpact] === 'replaced' ? [id] : [],
  );
  const dependents = dependentsOf(replaced, sides).filter((id) => !ids.includes(id));
  return dependents.length === 0 ? differences : differencesOf([...ids, ...dependents], sides);
}

function dependentsOf(replaced: readonly string[], sides: Sides): string[] {
  const references = replaced.flatMap((id) => [`"Ref":"${id}"`, `"Fn::GetAtt":["${id}"`]);
  return [...sides.to.texts]
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
  const [before, after] = [propertiesOf(id, from), propertiesOf(id, to)];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({
      name,
      impact: /^(Alarm|Dashboard)Name$/.test(name) ? 'replaced' : 'updated',
      before: before[name],
      after: after[name],
    }));
}

function propertiesOf(id: string, { source: { Resources = {} } }: IndexedTemplate): Readonly<Record<string, Json>> {
  return ((Object.hasOwn(Resources, id) && Resources[id]?.Properties) || {}) as Readonly<Record<string, Json>>;
}

/** Empty where nothing reaches AWS, as with metadata or the order of creation. */
function changeOf(id: string, properties: readonly PropertyChange[], sides: Sides): ResourceChange[] {
  const [before, after] = [sides.from.resources.get(id), sides.to.resources.get(id)];
  const resource = after ?? before;
  if (!resource) return [];
  const part = partOf(resource) ?? neighbourPart(id, after ? sides.to : sides.from) ?? otherPart;
  const change = { id, type: resource.type, part, before, after, properties };
  if (!before || !after) return [{ ...change, impact: after ? 'added' : 'removed' }];
  const policiesDiffer = whenRemoved(before) !== whenRemoved(after) || whenReplaced(before) !== whenReplaced(after);
  if (properties.length === 0 && before.type === after.type && !policiesDiffer) return [];
  const impact = (['replaced', 'may-replace'] as const).find((worse) => properties.some((property) => property.impact === worse));
  return [{ ...change, impact: impact ?? 'updated' }];
}

/** The tag `part` of a resource that it refers to. */
function neighbourPart(id: string, { source, template }: IndexedTemplate): string | undefined {
  return template.referencesIn(source.Resources?.[id]?.Properties as Json).flatMap((other) => other.tag('part') ?? [])[0];
}

/** A stack keeps the value of a parameter that it has. The CDK's own parameter is only looked at before a deployment. */
function parametersWithOtherDefault({ from, to }: Sides): readonly string[] {
  const [before, after] = [from.source.Parameters ?? {}, to.source.Parameters ?? {}];
  return Object.keys(after).filter(
    (name) =>
      name !== 'BootstrapVersion' &&
      Object.hasOwn(before, name) &&
      JSON.stringify(before[name]?.Default) !== JSON.stringify(after[name]?.Default),
  );
}

/** Resources that use them differ in nothing. What one side alone has comes or goes with the resources that use it. */
function sharedThatDiffer({ from, to }: Sides): readonly string[] {
  return (['Conditions', 'Mappings'] as const).flatMap((section) => {
    const [before, after] = [from.source[section] ?? {}, to.source[section] ?? {}];
    return Object.keys(after)
      .filter((name) => Object.hasOwn(before, name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => `${section === 'Mappings' ? 'mapping' : 'condition'} ${name}`);
  });
}
