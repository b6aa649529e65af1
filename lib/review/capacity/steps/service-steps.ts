import { moreTasks, taskWithMoreCpu } from '../../../../alarms/assessment/advice/next-values';
import { limits } from '../../../facts/limits';
import type { CloudFormationTemplate } from '../../../template/template';
import { figure } from '../../text/money';
import type { ServicePart } from '../service-part';
import type { StoreParts } from '../store-parts';
import { type PartChange, withProperties } from './change';

const mostCpu = 1_024; // one Node process a task uses one vCPU

/** Costs nothing until they run. */
export function moreApi(template: CloudFormationTemplate, { api }: StoreParts): PartChange | undefined {
  return api && moreAtTheMost(template, api, 'api', 'API tasks at the most');
}

/** For what runs before scaling helps: a faster task while it has less than one vCPU, which is cheaper than a second one; then more of them. */
export function moreApiAtOnce(template: CloudFormationTemplate, { api }: StoreParts): PartChange | undefined {
  return api && (fasterTask(template, api) ?? moreAtTheLeast(template, api));
}

export function moreWorkers(template: CloudFormationTemplate, { others }: StoreParts): PartChange | undefined {
  const worker = others.find(({ runs }) => runs === 'worker');
  return worker && moreAtTheMost(template, worker, 'worker', 'worker tasks at the most');
}

function fasterTask(template: CloudFormationTemplate, { task, definition }: ServicePart): PartChange | undefined {
  if (!task || !definition) return undefined;
  const next = taskWithMoreCpu({ cpu: task.vcpu * 1_024, memoryMiB: task.memoryGb * 1_024 });
  if (!next || next.cpu > mostCpu) return undefined;
  return {
    template: withProperties(template, { [definition.id]: { Cpu: String(next.cpu), Memory: String(next.memoryMiB) } }),
    what: 'vCPU of an API task',
    from: figure(task.vcpu),
    to: figure(next.cpu / 1_024),
    settings: { api: next },
  };
}

function moreAtTheMost(
  template: CloudFormationTemplate,
  service: ServicePart,
  part: 'api' | 'worker',
  what: string,
): PartChange | undefined {
  const to = moreTasks(service.most);
  if (to <= service.most) return undefined;
  return {
    template: withTasks(template, service, { MaxCapacity: to }, to),
    what,
    from: figure(service.most),
    to: figure(to),
    settings: { [part]: { maxTasks: to } },
  };
}

function moreAtTheLeast(template: CloudFormationTemplate, service: ServicePart): PartChange | undefined {
  const to = moreTasks(service.least);
  if (to <= service.least) return undefined;
  const most = Math.min(limits.ecsTasksPerService.most, Math.max(to, service.most));
  return {
    template: withTasks(template, service, { MinCapacity: to, MaxCapacity: most }, to),
    what: 'API tasks at the least',
    from: figure(service.least),
    to: figure(to),
    settings: { api: { minTasks: to, ...(most > service.most && { maxTasks: most }) } },
  };
}

/** A service that nothing scales has a fixed number. */
function withTasks(
  template: CloudFormationTemplate,
  { scaling, service }: ServicePart,
  capacity: Readonly<Record<string, number>>,
  desired: number,
): CloudFormationTemplate {
  return withProperties(template, scaling ? { [scaling.id]: capacity } : { [service.id]: { DesiredCount: desired } });
}
