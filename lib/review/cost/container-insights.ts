import { averageTasks, runningContainers, taskRange } from '../../template/tasks';
import { member, type Resource } from '../../template/template';
import type { AssumptionName } from './assumptions';
import { type Charge, used } from './charge';
import type { Scope } from './entry';

const ofAll: readonly AssumptionName[] = ['insightsPerCluster', 'insightsPerService', 'insightsPerDefinition'];
const ofTasks: readonly AssumptionName[] = ['insightsPerTask', 'insightsPerContainer'];
const from: readonly AssumptionName[] = ['averageApiTasks', 'averageWorkerTasks', ...ofAll, ...ofTasks];

/** Metrics of Container Insights: enhanced bills each task's and container's too, at a price of its own. */
export function containerInsights(cluster: Resource, { template, usage }: Scope): Charge[] {
  const setting = cluster.list('ClusterSettings').find((item) => member(item, 'Name') === 'containerInsights');
  const value = member(setting, 'Value');
  if (value !== 'enhanced' && value !== 'enabled') return [];

  const services = template.ofType('AWS::ECS::Service').filter((service) => service.references('Cluster').includes(cluster));
  const { insightsPerCluster, insightsPerService, insightsPerDefinition, insightsPerTask, insightsPerContainer } = usage;
  let metrics: number = insightsPerCluster;
  for (const service of services) {
    metrics += insightsPerService + insightsPerDefinition;
    if (value === 'enabled') continue;
    const average = averageTasks(service.tag('part') ?? '');
    const tasks = Math.max(taskRange(service, template)[0], average ? usage[average] : 0);
    const containers = runningContainers(service.references('TaskDefinition')[0]).length;
    metrics += tasks * (insightsPerTask + containers * insightsPerContainer);
  }
  return value === 'enhanced'
    ? [used('Container Insights, enhanced', 'cloudwatch.insights', metrics, from)]
    : [{ ...used('Container Insights', 'cloudwatch.metrics', metrics, ofAll), allowance: 'cloudwatch.metrics' }];
}
