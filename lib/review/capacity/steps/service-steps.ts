import { moreTasks, taskWithMoreCpu } from '../../../../alarms/assessment/advice/next-values';
import { withProperties } from '../../../template/with-properties';
import { figure } from '../../text/money';
import type { ServicePart } from '../service-part';
import type { PartChange } from './change';

/** Before scaling helps: a faster task up to one vCPU, which is cheaper than a second one; then more tasks. */
export function moreApiAtOnce(api: ServicePart): PartChange | undefined {
  return fasterTask(api) ?? raiseMinimum(api);
}

function fasterTask({ task, definition }: ServicePart): PartChange | undefined {
  if (!task || !definition) return undefined;
  const next = taskWithMoreCpu({ cpu: task.vcpu * 1_024, memoryMiB: task.memoryGb * 1_024 });
  if (!next) return undefined;
  return {
    apply: withProperties([definition.id], { Cpu: String(next.cpu), Memory: String(next.memoryMiB) }),
    what: 'vCPU of an API task',
    from: figure(task.vcpu),
    to: figure(next.cpu / 1_024),
    settings: { api: next },
  };
}

/** Costs nothing until the tasks run. */
export function raiseMaximum({ scaling, most }: ServicePart, part: 'api' | 'worker', what: string): PartChange | undefined {
  const to = moreTasks(most);
  if (!scaling || to <= most) return undefined;
  return {
    apply: withProperties([scaling.id], { MaxCapacity: to }),
    what,
    from: figure(most),
    to: figure(to),
    settings: { [part]: { maxTasks: to } },
  };
}

function raiseMinimum(service: ServicePart): PartChange | undefined {
  const to = moreTasks(service.least);
  if (!service.scaling || to <= service.least) return undefined;
  const most = Math.max(to, service.most);
  return {
    apply: withProperties([service.scaling.id], { MinCapacity: to, MaxCapacity: most }),
    what: 'minimum API tasks',
    from: figure(service.least),
    to: figure(to),
    settings: { api: { minTasks: to, ...(most > service.most && { maxTasks: most }) } },
  };
}
