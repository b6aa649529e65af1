import { changeFacts } from '../../../facts/changes';
import { type Json, member, type Resource, type Template } from '../../../template/template';
import { serviceSummaries } from '../../text/part-summary';
import { type Found, type RuleTable, type Scope, silent } from '../finding';
import { formatChange, formatList, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';

/** New revisions of task definitions are the rule: what they do shows in the service that runs them. */
export const services: RuleTable = {
  'AWS::ECS::Service': {
    removed: removedService,
    replaced: replacedService,
    refused: detached,
    whole: (change, scope) => (rolls(change) ? rolling(change.before, change.after, scope) : []),
    properties: {
      TaskDefinition: silent, // with the whole
      NetworkConfiguration: silent,
      CapacityProviderStrategy: silent,
      LoadBalancers: silent,
      DesiredCount: desiredCount,
      DeploymentConfiguration: deployment,
    },
  },
  'AWS::ECS::TaskDefinition': { added: silent, removed: silent, replaced: newRevision }, // with the service
  'AWS::ApplicationAutoScaling::ScalableTarget': { whole: scaling, properties: { MinCapacity: silent, MaxCapacity: silent } },
  'AWS::ECS::Cluster': {
    properties: {
      ClusterSettings: ({ before, after }) => [
        { kind: 'updated', text: `Container Insights ${formatChange(insights(before), insights(after))}; nothing restarts` },
      ],
    },
  },
};

function insights(settings: Json): string {
  const all: readonly Json[] = Array.isArray(settings) ? settings : [];
  const value = member(
    all.find((one) => member(one, 'Name') === 'containerInsights'),
    'Value',
  );
  return typeof value === 'string' ? value : 'disabled';
}

/** A service need not change itself: the definition that it names has another revision. */
function newRevision({ id }: ResourceChange, scope: Scope): readonly Found[] {
  return scope.after.ofType('AWS::ECS::Service').flatMap((after) => {
    const before = scope.before.ofType(after.type).find((other) => other.id === after.id);
    const names = after.references('TaskDefinition').some((definition) => definition.id === id);
    if (!names || isRolledItself(after, scope)) return [];
    return rolling(before, after, scope);
  });
}

const startsTasks = new Set([
  'TaskDefinition',
  'NetworkConfiguration',
  'CapacityProviderStrategy',
  'PlatformVersion',
  'LoadBalancers',
]);

function rolls({ properties }: ResourceChange): boolean {
  return properties.some(({ name }) => startsTasks.has(name));
}

function isRolledItself(service: Resource, { changes }: Scope): boolean {
  return changes.some((change) => change.id === service.id && rolls(change));
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
    healthy >= 100 ? 'new tasks before old ones end' : `down to ${healthy}% of the tasks meanwhile`,
  ];
  const steps = moved === undefined ? [] : (['allowLists'] as const);
  const where = { part: after.tag('part') ?? after.id, resources: [after.id] };
  return [{ kind: 'rolling', text: text.filter((one) => one !== undefined).join('; '), before: steps, ...where }];
}

/** Where the service rolls, its line says it. */
function scaling({ before, after }: ResourceChange, scope: Scope): readonly Found[] {
  const service = after?.references('ResourceId').find(({ type }) => type === 'AWS::ECS::Service');
  const definition = service?.references('TaskDefinition')[0];
  const rolled = service && (isRolledItself(service, scope) || scope.changes.some(({ id }) => id === definition?.id));
  if (!service || rolled) return [];
  return [
    { kind: 'updated', text: `${formatChange(range(before), range(after))} tasks`, part: service.tag('part') ?? service.id },
  ];
}

function range(target: Resource | undefined): string {
  return `${target?.text('MinCapacity')}-${target?.text('MaxCapacity')}`;
}

function tasks(of: Resource, template: Template): string {
  const part = of.tag('part') ?? of.id;
  return serviceSummaries(template).find((row) => row.part === part)?.text ?? 'tasks';
}

function movedTo(before: Resource, after: Resource): string | undefined {
  const path = 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp';
  const [was, is] = [before.text(path), after.text(path)];
  if (was === is) return undefined;
  return is === 'ENABLED'
    ? 'from behind NAT gateways to public addresses of their own'
    : 'from public addresses of their own to subnets behind NAT gateways';
}

function providers(of: Resource): string {
  const names = of.list('CapacityProviderStrategy').map((one) => {
    const base = member(one, 'Base');
    return `${formatValue(member(one, 'CapacityProvider'))}${base === undefined ? '' : ` (${formatValue(base)} first)`}`;
  });
  return formatList(names);
}

/** Nobody does its work until a later deployment brings it back; another service beside it may be its successor. */
function removedService({ before, id }: ResourceChange, { changes }: Scope): readonly Found[] {
  const successor = changes.some(({ type, impact }) => type === 'AWS::ECS::Service' && impact === 'added');
  if (successor) return [{ kind: 'removed', text: 'the service ends, with its tasks; another one is added' }];
  const block = { rule: 'service-goes', workaround: [`keep ${id}; whoever wants its work undone deploys without this review`] };
  return [
    { kind: 'blocked', text: `the service of the ${before?.tag('part') ?? id} goes: nobody does its work any more`, block },
  ];
}

function detached({ before, after, id }: ResourceChange): readonly Found[] {
  const [was, is] = [before, after].map((side) => side?.list('LoadBalancers').length ?? 0);
  if (was === 0 || is !== 0) return [];
  const block = { rule: 'service-detached', workaround: [`keep LoadBalancers of ${id} as they were`] };
  return [{ kind: 'blocked', text: 'the service stands behind no load balancer any more: no request reaches its tasks', block }];
}

/** A second service beside the first, which ends when the new one runs. */
function replacedService({ after, properties }: ResourceChange): readonly Found[] {
  const launchType = properties.some(({ name }) => name === 'LaunchType');
  if (launchType && (after?.list('CapacityProviderStrategy').length ?? 0) > 0 && after?.text('LaunchType') !== undefined) {
    const workaround = ['leave LaunchType out: the capacity providers say where tasks run'];
    const text = 'LaunchType is create-only, and ECS refuses it beside capacity providers'; // AWS::ECS::Service
    return [{ kind: 'blocked', text, block: { rule: 'launch-type', workaround } }];
  }
  const names = properties.filter(({ impact }) => impact === 'replaced').map(({ name }) => name);
  return [
    { kind: 'replaced', text: `a second service (${formatList(names)}) beside the first, which ends then`, before: ['rollback'] },
  ];
}

function desiredCount({ after }: PropertyChange): readonly Found[] {
  if (after === undefined) return [{ kind: 'updated', text: 'scaling alone says how many tasks run' }];
  return [
    {
      kind: 'restart',
      text: `desired count ${formatValue(after)}: the deployment goes back to ${formatValue(after)}, however many scaling had started`,
      downtime: changeFacts.tasksScaledSeconds,
      before: ['lowTraffic'],
    },
  ];
}

function deployment({ before, after }: PropertyChange): readonly Found[] {
  const [was, is] = [before, after].map((value) => member(value, 'Strategy') ?? 'ROLLING');
  if (is === was || is === 'ROLLING') return [{ kind: 'updated', text: 'how later deployments roll' }];
  return [
    {
      kind: 'restart',
      text: `deployments ${formatChange(was, is)}: any later change of the stack resets the listener’s weights, to tasks that are gone`,
      downtime: changeFacts.blueGreenSeconds,
    },
  ];
}
