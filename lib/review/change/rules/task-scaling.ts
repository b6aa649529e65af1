import { taskSize } from '../../../template/tasks';
import { member, type Resource } from '../../../template/template';
import { type Found, type RuleTable, type Scope, silent, updated } from '../finding';
import { formatChange, formatCount, isOn } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { removedFrom, weaker } from './security-regressions';

/** How many tasks a service runs. */
export const taskScaling: RuleTable = {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    removed: removedFrom('ResourceId', 'a service is no longer scaled: it keeps as many tasks as it has'),
    update: (change, scope) => [...range(change, scope), ...stopped(change)],
    properties: {
      MinCapacity: silent, // with the update
      MaxCapacity: silent,
      ScheduledActions: updated(
        'planned numbers of tasks, such as those of drops; the service keeps what it has until the next one',
      ),
      SuspendedState: suspended,
    },
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    removed: removedFrom('ScalingTargetId', 'a service no longer follows a metric: fewer reasons to start tasks'),
  },
};

/** Properties of a service whose change replaces its tasks. */
export const startsTasks: readonly string[] = [
  'TaskDefinition',
  'NetworkConfiguration',
  'CapacityProviderStrategy',
  'PlatformVersion',
  'LoadBalancers',
];

export function replacesTasks({ properties }: ResourceChange): boolean {
  return properties.some(({ name }) => startsTasks.includes(name));
}

export function isChangedItself(service: Resource, { changes }: Scope): boolean {
  return changes.some((change) => change.id === service.id && replacesTasks(change));
}

/** Where the tasks are replaced, that finding says it. */
function range({ before, after }: ResourceChange, scope: Scope): readonly Found[] {
  const service = serviceOf(after);
  const definition = service?.references('TaskDefinition')[0];
  const replaced = service && (isChangedItself(service, scope) || scope.changes.some(({ id }) => id === definition?.id));
  const [was, is] = [formatRange(before), formatRange(after)];
  return !service || replaced || was === is ? [] : [updated(`${formatChange(was, is)} tasks`, place(service))];
}

/** Application Auto Scaling API, RegisterScalableTarget: it brings the number that runs into the new range, without waiting for a policy. */
function stopped({ before, after }: ResourceChange): readonly Found[] {
  const service = serviceOf(after);
  const [least, most, now] = [before?.number('MinCapacity'), before?.number('MaxCapacity'), after?.number('MaxCapacity')];
  if (!service || most === undefined || now === undefined || now >= most) return [];
  const size = taskSize(service.references('TaskDefinition')[0]);
  const each = size ? ` of ${size.vcpu} vCPU` : '';
  const some = least !== undefined && now < least ? `${formatCount(least - now, 'task')} or more` : 'what runs above that';
  return [
    {
      kind: 'restart',
      text: `at most ${most} → ${now} tasks: AWS stops ${some} at once, and ${now} tasks${each} do the work`,
      before: ['lowTraffic', 'fewerTasks'],
      ...place(service),
    },
  ];
}

const serviceOf = (target: Resource | undefined): Resource | undefined =>
  target?.references('ResourceId').find(({ type }) => type === 'AWS::ECS::Service');

const place = (service: Resource): Pick<Found, 'part'> => ({ part: service.tag('part') ?? service.id });

const formatRange = (target: Resource | undefined): string => `${target?.text('MinCapacity')}-${target?.text('MaxCapacity')}`;

const kinds = ['DynamicScalingInSuspended', 'DynamicScalingOutSuspended', 'ScheduledScalingSuspended'];

function suspended({ before, after }: PropertyChange): Found {
  const stops = kinds.filter((kind) => isOn(member(after, kind)) && !isOn(member(before, kind)));
  return stops.length > 0 ? weaker(`scaling is suspended (${stops.join(', ')})`) : updated('scaling goes on');
}
