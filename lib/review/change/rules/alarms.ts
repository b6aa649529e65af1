import { elements, type Json, member, type Resource } from '../../../template/template';
import type { Comparison } from '../compare';
import type { Finding, Scope } from '../finding';
import { formatChange, formatCount, isOn } from '../format';
import type { ResourceChange } from '../resource-change';
import { physicalName } from './names';

/** All metric alarms at once: how many there are, and which of them tell less than before. */
export function alarms(changes: readonly ResourceChange[], scope: Scope): readonly Finding[] {
  return [...quieter(changes, scope), summary(changes, scope)];
}

/** Composite alarms follow the metric alarms; what they no longer tell is told. */
export function composites(changes: readonly ResourceChange[], scope: Scope): readonly Finding[] {
  const droppers = changes.filter(({ before, after }) => {
    const kept = new Set(after?.references('AlarmRule').map(({ id }) => id));
    return after && before?.references('AlarmRule').some(({ id }) => !kept.has(id) && scope.after.withId(id));
  });
  const silenced = changes.filter(
    ({ before, after }) => after?.value('ActionsSuppressor') !== undefined && !before?.value('ActionsSuppressor'),
  );
  return [
    ...quieter(changes, scope),
    ...weakerAlarms(droppers, 'without alarms that stay'),
    ...weakerAlarms(silenced, 'that another alarm can silence'),
  ];
}

function summary(changes: readonly ResourceChange[], { before, after }: Comparison): Finding {
  const [was, is] = [before, after].map((template) => template.ofType('AWS::CloudWatch::Alarm').length);
  const count = (impact: ResourceChange['impact']) => changes.filter((change) => change.impact === impact).length;
  const [changed, renamed] = [was === is ? 0 : count('updated'), count('replaced')];
  const text = [
    was === is ? formatCount(changes.length, 'alarm') : `${formatChange(was, is)} alarms`,
    ...(changed === 0 ? [] : [`${changed} of them changed`]),
    ...(renamed === 0 ? [] : [`${renamed} of them renamed and without their history`]),
  ].join(', ');
  return { kind: 'updated', text: `${text}; the dashboards follow`, part, resources: changes.map(({ id }) => id) };
}

const part = 'alarms';

function quieter(changes: readonly ResourceChange[], scope: Scope): readonly Finding[] {
  const both = changes.filter(({ before, after }) => before && after);
  const figuresFollow = scope.changes.some(
    ({ type, impact, properties }) => sized.has(type) && (impact !== 'updated' || properties.some(({ name }) => name !== 'Tags')),
  );
  const where = (is: (before: Resource, after: Resource) => boolean) =>
    both.filter(({ before, after }) => before && after && is(before, after));
  return [
    ...weakerAlarms(
      changes.filter(({ before, after }) => before && !after && staysWatched(before, scope)),
      'removed; what was measured stays',
    ),
    ...weakerAlarms(where(isSwitchedOff), 'with nobody to notify'),
    ...weakerAlarms(where(notifiesFewer), 'with fewer to notify'),
    ...weakerAlarms(where(takesMissingDataLighter), 'more lenient with missing data'),
    ...(figuresFollow ? [] : weakerAlarms(where(ringsLater), 'later or at a worse value')),
    ...(figuresFollow
      ? []
      : weakerAlarms(
          where((before, after) => watchesOther(before, after) && staysWatched(before, scope)),
          'of something else than before',
        )),
  ];
}

/** Types that have the sizes that thresholds follow: where one changes, another threshold or metric is no lighter one. */
const sized = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBProxy',
]);

/** From so many names on, the others are counted. */
const named = 5;

function weakerAlarms(changes: readonly ResourceChange[], what: string): readonly Finding[] {
  if (changes.length === 0) return [];
  const names = changes.map(({ id, before }) => before?.text('AlarmName') ?? id);
  const list = [...names.slice(0, named), ...(names.length > named ? [`${names.length - named} more`] : [])].join(', ');
  const text = `${formatCount(changes.length, 'alarm')} ${what}: ${list}`;
  return [{ kind: 'security-regression', text, part, resources: changes.map(({ id }) => id) }];
}

/** Whether all that it measures is still there: resources that it refers to, those that it names, nodes of a cache, CPU credits. */
function staysWatched(alarm: Resource, { before, after, changes }: Scope): boolean {
  const measured = ['MetricName', 'Dimensions', 'Metrics'].map((name) => alarm.value(name));
  const text = JSON.stringify(measured);
  const watched = before.resources.filter((resource) => {
    const name = physicalName(resource);
    return text.includes(`"${resource.id}"`) || (name !== undefined && !name.includes('{') && text.includes(`"Value":${name}`));
  });
  const goes = watched.some(({ id }) => !after.withId(id));
  const changed = changes.filter(({ id }) => watched.some((resource) => resource.id === id));
  return !goes && !changed.some((change) => losesNodes(change) || (text.includes('CPUCredit') && anotherClass(change)));
}

const nodeCounts = new Set(['NumCacheClusters', 'NumNodeGroups', 'ReplicasPerNodeGroup']);

const losesNodes = ({ properties }: ResourceChange): boolean =>
  properties.some(({ name, before, after }) => nodeCounts.has(name) && Number(after ?? 1) < Number(before ?? 1));

/** Not every class has CPU credits. */
const anotherClass = ({ properties }: ResourceChange): boolean =>
  properties.some(({ name }) => name === 'DBInstanceClass' || name === 'CacheNodeType');

const enabled = (alarm: Resource): boolean => isOn(alarm.value('ActionsEnabled') ?? true);
const actions = (alarm: Resource): readonly string[] =>
  elements(alarm.value('AlarmActions')).map((action) => JSON.stringify(action));
const notifies = (alarm: Resource): boolean => enabled(alarm) && actions(alarm).length > 0;

const isSwitchedOff = (before: Resource, after: Resource): boolean => notifies(before) && !notifies(after);

const notifiesFewer = (before: Resource, after: Resource): boolean =>
  notifies(before) && notifies(after) && actions(before).some((action) => !actions(after).includes(action));

/** AWS::CloudWatch::Alarm TreatMissingData, the strictest first; `missing` where a template says nothing. */
const strictness = ['breaching', 'missing', 'ignore', 'notBreaching'];

const missing = (alarm: Resource): number => strictness.indexOf(alarm.text('TreatMissingData') ?? 'missing');
const takesMissingDataLighter = (before: Resource, after: Resource): boolean => missing(after) > missing(before);

function ringsLater(before: Resource, after: Resource): boolean {
  const [was, is] = [before, after].map((alarm) => alarm.number('Threshold'));
  const above = before.text('ComparisonOperator')?.startsWith('Greater') ?? true;
  const looser = was !== undefined && is !== undefined && (above ? is > was : is < was);
  return looser || seconds(after) > seconds(before);
}

/** For how long something has to be wrong; of metric math the longest period counts. */
function seconds(alarm: Resource): number {
  const points = alarm.number('DatapointsToAlarm') ?? alarm.number('EvaluationPeriods') ?? 1;
  const periods = alarm.list('Metrics').map((metric) => Number(member(member(metric, 'MetricStat'), 'Period') ?? 0));
  return points * Math.max(alarm.number('Period') ?? 0, ...periods);
}

const what = [
  'ComparisonOperator',
  'Dimensions',
  'EvaluateLowSampleCountPercentile',
  'EvaluationCriteria',
  'EvaluationInterval',
  'EvaluationWindow',
  'ExtendedStatistic',
  'MetricName',
  'Namespace',
  'Statistic',
  'ThresholdMetricId',
  'Unit',
  'WarmUpConfiguration',
] as const;

const watchesOther = (before: Resource, after: Resource): boolean =>
  what.some((name) => JSON.stringify(before.value(name)) !== JSON.stringify(after.value(name))) ||
  JSON.stringify(withoutPeriods(before.value('Metrics'))) !== JSON.stringify(withoutPeriods(after.value('Metrics')));

const withoutPeriods = (metrics: Json): string | undefined => JSON.stringify(metrics)?.replaceAll(/"Period":\d+/g, '');
