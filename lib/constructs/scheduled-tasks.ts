import { TimeZone } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { NightConfig, ServiceConfig } from '../config/store-config';

/** Lets a service scale between its limits, which the clock moves: none at night, more during an announced drop. */
export function scheduledTasks(
  service: ecs.FargateService,
  { minTasks, maxTasks, night, drops }: ServiceConfig,
): ecs.ScalableTaskCount {
  const usual = { minCapacity: minTasks, maxCapacity: maxTasks };
  const scaling = service.autoScaleTaskCount(usual);
  if (night) {
    scaling.scaleOnSchedule('NightStop', { ...daily(night, night.stopAt), minCapacity: 0, maxCapacity: 0 });
    scaling.scaleOnSchedule('NightStart', { ...daily(night, night.startAt), ...usual });
  }
  drops.forEach(({ from, to, tasks }, index) => {
    const during = { minCapacity: tasks, maxCapacity: Math.max(tasks, maxTasks) };
    scaling.scaleOnSchedule(`Drop${index + 1}From`, { schedule: Schedule.at(new Date(from)), ...during });
    scaling.scaleOnSchedule(`Drop${index + 1}To`, { schedule: Schedule.at(new Date(to)), ...usual });
  });
  return scaling;
}

function daily({ timeZone }: NightConfig, at: string): { schedule: Schedule; timeZone: TimeZone } {
  const [hour = '', minute = ''] = at.split(':').map((field) => String(Number(field)));
  return { schedule: Schedule.cron({ hour, minute }), timeZone: TimeZone.of(timeZone) };
}
