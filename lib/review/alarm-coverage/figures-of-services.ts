import { cpu, memory } from '../../../alarms/thresholds';
import type { Resource, Template } from '../../template/template';
import { above, type Figure, type Figures, rising } from './figures';
import { isOn } from './find-metric';

/** CPU and memory of tasks. The documents name the API's CPU; the worker's gets their warning too, and the queue alarms show when it is late. */
export const figuresOfServices: Figures = (template) => {
  const services = template.ofType('AWS::ECS::Service');
  const api = services.filter(isBehindBalancer);
  const worker = services.filter((service) => !isBehindBalancer(service));
  return [
    ...ofTasks(template, api, 'CPU of the API’s tasks', 'CPUUtilization', cpu),
    ...ofTasks(template, worker, 'CPU of the worker’s tasks', 'CPUUtilization', cpu).filter(({ level }) => level === 'Warning'),
    ...ofTasks(template, api, 'memory of the API’s tasks', 'MemoryUtilization', memory),
    ...ofTasks(template, worker, 'memory of the worker’s tasks', 'MemoryUtilization', memory),
  ];
};

const isBehindBalancer = (service: Resource): boolean => service.list('LoadBalancers').length > 0;

function ofTasks(
  template: Template,
  services: readonly Resource[],
  figure: string,
  name: string,
  levels: typeof cpu | typeof memory,
): readonly Figure[] {
  if (services.length === 0) return [];
  return rising({
    figure,
    levels,
    unit: '%',
    firesAt: (alarm) => {
      const wanted = { namespace: 'AWS/ECS', name, statistic: 'Average' };
      return isOn(template, alarm, wanted, 'ServiceName', services) ? above(alarm) : undefined;
    },
  });
}
