import { changeFacts } from '../../../facts/changes';
import { elements, type Json, member, type Resource, type Template } from '../../../template/template';
import { serviceSummaries } from '../../text/part-summary';
import { blocked, type Found, type RuleTable, type Scope, silent, updated } from '../finding';
import { formatChange, formatList, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { isChangedItself, replacesTasks, startsTasks, taskScaling } from './task-scaling';

/** New revisions of task definitions are the rule: what they do shows in the service that runs them. */
export const services: RuleTable = {
  ...taskScaling,
  'AWS::ECS::Service': {
    removed: removedService,
    replaced: replacedService,
    refused: detached,
    update: (change, scope) => (replacesTasks(change) ? rolling(change.before, change.after, scope) : []),
    properties: {
      ...Object.fromEntries(startsTasks.map((name) => [name, silent])), // with the update
      DesiredCount: desiredCount,
      DeploymentConfiguration: deployments,
      HealthCheckGracePeriodSeconds: updated('how long a new task may fail its checks'),
      AvailabilityZoneRebalancing: updated('whether ECS moves tasks between zones'),
      EnableExecuteCommand: updated('whether later tasks take sessions'),
      EnableECSManagedTags: updated('tags of later tasks'),
      PropagateTags: updated('tags of later tasks'),
    },
  },
  'AWS::ECS::ClusterCapacityProviderAssociations': {
    properties: {
      CapacityProviders: updated('capacity providers of the cluster'),
      DefaultCapacityProviderStrategy: updated('where tasks run whose service says nothing'),
    },
  },
  'AWS::ECS::TaskDefinition': { added: silent, removed: silent, replaced: newRevision }, // with the service
  'AWS::ECS::Cluster': {
    properties: {
      ClusterSettings: ({ before, after }) =>
        updated(`Container Insights ${formatChange(insights(before), insights(after))}; nothing restarts`),
      Configuration: updated('how sessions into tasks are logged and encrypted'),
    },
  },
};

function insights(settings: Json): string {
  const setting = elements(settings).find((one) => member(one, 'Name') === 'containerInsights');
  return formatValue(member(setting, 'Value') ?? 'disabled');
}

/** A service need not change itself: the definition that it names has another revision. */
function newRevision({ id }: ResourceChange, scope: Scope): readonly Found[] {
  return scope.after.ofType('AWS::ECS::Service').flatMap((after) => {
    const before = scope.before.ofType(after.type).find((other) => other.id === after.id);
    const names = after.references('TaskDefinition').some((definition) => definition.id === id);
    return names && !isChangedItself(after, scope) ? rolling(before, after, scope) : [];
  });
}

/** Tasks as a deployment changes them: `2-4 × ¼ vCPU, 0.5 GB → 2-6 × 1 vCPU, 2 GB`. */
function rolling(before: Resource | undefined, after: Resource | undefined, scope: Scope): readonly Found[] {
  if (!before || !after) return [];
  const [was, is] = [tasks(before, scope.before), tasks(after, scope.after)];
  const [wasOn, isOn] = [providers(before), providers(after)];
  const moved = movedTo(before, after);
  const healthy = after.number('DeploymentConfiguration.MinimumHealthyPercent') ?? 100;
  const text = [
    was === is ? `${is}, newly configured` : `${was} → ${is}`,
    moved,
    wasOn === isOn ? undefined : `on ${isOn}`,
    healthy >= 100 ? 'new tasks start before old ones stop' : `down to ${healthy}% of the tasks meanwhile`,
  ].filter((one) => one !== undefined);
  const steps = moved === undefined ? [] : (['allowLists'] as const);
  const part = after.tag('part') ?? after.id;
  return [{ kind: 'rolling', text: text.join('; '), before: steps, part, resources: [after.id] }];
}

function tasks(service: Resource, template: Template): string {
  const part = service.tag('part') ?? service.id;
  return serviceSummaries(template).find((row) => row.part === part)?.text ?? 'tasks';
}

function movedTo(before: Resource, after: Resource): string | undefined {
  const path = 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp';
  const [was, is] = [before.text(path), after.text(path)];
  if (was === is) return undefined;
  return is === 'ENABLED'
    ? 'from subnets behind NAT gateways to public addresses'
    : 'from public addresses to subnets behind NAT gateways';
}

function providers(service: Resource): string {
  const names = service.list('CapacityProviderStrategy').map((one) => {
    const base = member(one, 'Base');
    return `${formatValue(member(one, 'CapacityProvider'))}${base === undefined ? '' : ` (${formatValue(base)} first)`}`;
  });
  return formatList(names);
}

/** Its work is not done until a later deployment brings it back; another service beside it may be its successor. */
function removedService({ before, id }: ResourceChange, { changes }: Scope): Found {
  const successor = changes.some(({ type, impact }) => type === 'AWS::ECS::Service' && impact === 'added');
  return successor
    ? { kind: 'removed', text: 'the service is removed with its tasks; another one is added' }
    : blocked(
        'service-goes',
        `the service ${before?.tag('part') ?? id} is removed: nothing does its work any longer`,
        `keep ${id}, or deploy with npx cdk deploy if this is intended`,
      );
}

function detached({ before, after, id }: ResourceChange): readonly Found[] {
  const [was, is] = [before, after].map((side) => side?.list('LoadBalancers').length ?? 0);
  if (was === 0 || is !== 0) return [];
  const text = 'the service is no longer behind a load balancer: its tasks get no requests';
  return [blocked('service-detached', text, `keep LoadBalancers of ${id} as they were`)];
}

/** A second service beside the first. */
function replacedService({ after, properties }: ResourceChange): Found {
  const names = properties.filter(({ impact }) => impact === 'replaced').map(({ name }) => name);
  const hasProviders = (after?.list('CapacityProviderStrategy').length ?? 0) > 0;
  return names.includes('LaunchType') && hasProviders && after?.text('LaunchType') !== undefined
    ? blocked(
        'launch-type',
        'LaunchType cannot change in place, and ECS refuses it together with capacity providers', // AWS::ECS::Service
        'leave LaunchType out: the capacity providers decide where tasks run',
      )
    : {
        kind: 'replaced',
        text: `a second service (${formatList(names)}) starts, then the first one is deleted`,
        before: ['rollback'],
      };
}

function desiredCount({ after }: PropertyChange): Found {
  if (after === undefined) return updated('only scaling decides how many tasks run');
  return {
    kind: 'restart',
    text: `desired count ${formatValue(after)}: each deployment sets it, even if scaling has started more tasks`,
    downtime: changeFacts.tasksScaledSeconds,
    before: ['lowTraffic'],
  };
}

function deployments({ before, after }: PropertyChange): Found {
  const [was, is] = [before, after].map((value) => member(value, 'Strategy') ?? 'ROLLING');
  if (is === was || is === 'ROLLING') return updated('how later deployments replace tasks');
  return {
    kind: 'restart',
    text: `deployments ${formatChange(was, is)}: any later change of the stack sends traffic to tasks that no longer exist`,
    downtime: changeFacts.blueGreenSeconds,
  };
}
