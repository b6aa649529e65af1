import { moreTasks, taskWithMoreCpu } from '../../../../alarms/assessment/advice/next-values';
import type { CloudFormationTemplate } from '../../../template/template';
import { figure } from '../../text/money';
import type { ServicePart } from '../service-part';
import type { StoreParts } from '../store-parts';
import { type PartChange, withProperties } from './change';

/** Costs nothing until the tasks run. */
export function moreApi(template: CloudFormationTemplate, { api }: StoreParts): PartChange | undefined {
  return api && raiseMaximum(template, api, 'api', 'maximum API tasks');
}

/** Before scaling helps: a faster task up to one vCPU, which is cheaper than a second one; then more tasks. */
export function moreApiAtOnce(template: CloudFormationTemplate, { api }: StoreParts): PartChange | undefined {
  return api && (fasterTask(template, api) ?? raiseMinimum(template, api));
}

export function moreWorkers(template: CloudFormationTemplate, { worker }: StoreParts): PartChange | undefined {
  return worker && raiseMaximum(template, worker, 'worker', 'maximum worker tasks');
}

function fasterTask(template: CloudFormationTemplate, { task, definition }: ServicePart): PartChange | undefined {
  if (!task || !definition) return undefined;
  const next = taskWithMoreCpu({ cpu: task.vcpu * 1_024, memoryMiB: task.memoryGb * 1_024 });
  if (!next) return undefined;
  return {
    template: withProperties(template, { [definition.id]: { Cpu: String(next.cpu), Memory: String(next.memoryMiB) } }),
    what: 'vCPU of an API task',
    from: figure(task.vcpu),
    to: figure(next.cpu / 1_024),
    settings: { api: next },
  };
}

function raiseMaximum(
  template: CloudFormationTemplate,
  { scaling, most }: ServicePart,
  part: 'api' | 'worker',
  what: string,
): PartChange | undefined {
  const to = moreTasks(most);
  if (!scaling || to <= most) return undefined;
  return {
    template: withProperties(template, { [scaling.id]: { MaxCapacity: to } }),
    what,
    from: figure(most),
    to: figure(to),
    settings: { [part]: { maxTasks: to } },
  };
}

function raiseMinimum(template: CloudFormationTemplate, service: ServicePart): PartChange | undefined {
  const to = moreTasks(service.least);
  if (!service.scaling || to <= service.least) return undefined;
  const most = Math.max(to, service.most);
  return {
    template: withProperties(template, { [service.scaling.id]: { MinCapacity: to, MaxCapacity: most } }),
    what: 'minimum API tasks',
    from: figure(service.least),
    to: figure(to),
    settings: { api: { minTasks: to, ...(most > service.most && { maxTasks: most }) } },
  };
}
