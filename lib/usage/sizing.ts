import { partOf } from '../template/part-of';
import { scalableTarget, taskRange } from '../template/tasks';
import { member, type Resource, type Template } from '../template/template';
import type { GivenUsage } from './monthly-usage';

/** What a template says of the figures that depend on it. Values that only AWS knows count as the least. */
export function sizingOf(template: Template): GivenUsage {
  return template.read((view) => {
    const [api, worker] = [serviceOf('api', view), serviceOf('worker', view)];
    const [leastApiTasks, mostApiTasks] = api ? taskRange(api, view) : [0, 0];
    const [leastWorkerTasks, mostWorkerTasks] = worker ? taskRange(worker, view) : [0, 0];
    return {
      leastApiTasks,
      mostApiTasks,
      leastWorkerTasks,
      mostWorkerTasks,
      requestsPerMinutePerTask: (api && requestTarget(api, view)) ?? neverScales,
      accessLogDays: accessLogDays(view),
    };
  }).result;
}

/** Without that policy no number of requests starts a task. */
const neverScales = 1e9;

const serviceOf = (part: string, template: Template): Resource | undefined =>
  template.ofType('AWS::ECS::Service').find((service) => partOf(service) === part);

/** Of the scaling by requests, which AWS counts by the minute. */
function requestTarget(service: Resource, template: Template): number | undefined {
  const target = scalableTarget(service, template);
  const policy = template
    .ofType('AWS::ApplicationAutoScaling::ScalingPolicy')
    .find(
      (one) =>
        target !== undefined &&
        one.references('ScalingTargetId').includes(target) &&
        one.text('TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType') ===
          'ALBRequestCountPerTarget',
    );
  return policy?.number('TargetTrackingScalingPolicyConfiguration.TargetValue');
}

/** The longest rule of the bucket of access logs. */
function accessLogDays(template: Template): number {
  const rules = template
    .ofType('AWS::S3::Bucket')
    .filter((bucket) => partOf(bucket) === 'access-logs')
    .flatMap((bucket) => bucket.list('LifecycleConfiguration.Rules'));
  return Math.max(0, ...rules.map((rule) => Number(member(rule, 'ExpirationInDays') ?? 0)));
}
