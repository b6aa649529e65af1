import { figure } from '../text/money';
import { assumed, type Scope } from './scope';
import { usedVcpu } from './service-part';
import type { Limit } from './types';

/** Requests per second of one API task, with the calculation. */
interface TaskRate extends Pick<Limit, 'calculation' | 'assumptions' | 'sources'> {
  readonly value: number;
}

/**
 * With all its CPU, or with the share that the documents allow. undefined for a custom container, for the store's own until it is
 * measured, and for a task whose size is not in the template.
 */
export function taskRate(scope: Scope, upTo: 'all' | 'warning' = 'warning'): TaskRate | undefined {
  const { api } = scope.parts;
  const { requestsPerSecondPerVcpu: perVcpu, source, date, machine } = scope.measured;
  if (api?.runs !== 'api' || !api.task || !perVcpu) return undefined;

  const arm = api.task.architecture === 'arm';
  const speed = arm ? assumed('fargateArmSpeed', scope) : 1;
  const share = upTo === 'warning' ? assumed('cpuShare', scope) : 1;
  const vcpu = usedVcpu(api.task);
  return {
    value: vcpu * perVcpu * speed * share,
    calculation: [
      `${figure(vcpu)} vCPU${vcpu < api.task.vcpu ? ` (of ${figure(api.task.vcpu)}: a task is one Node process)` : ''}`,
      `${figure(perVcpu)} requests/s`,
      ...(arm ? [`${figure(speed)} (Fargate on ARM)`] : []),
      ...(upTo === 'warning' ? [`${figure(share)} (CPU at the warning)`] : []),
    ].join(' × '),
    assumptions: [...(arm ? (['fargateArmSpeed'] as const) : []), ...(upTo === 'warning' ? (['cpuShare'] as const) : [])],
    sources: [`${source}, ${date}, on ${machine.cpu}`],
  };
}
