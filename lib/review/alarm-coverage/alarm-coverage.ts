import type { Template } from '../../template/template';
import { alarmReadings } from './alarm-readings';
import { figuresOfDatabase } from './figures-of-database';
import { figuresOfRequests } from './figures-of-requests';
import { figuresOfServices } from './figures-of-services';
import { recommendedCoverage } from './recommended-coverage';
import type { AlarmCoverage } from './types';

const figures = [figuresOfServices, figuresOfDatabase, figuresOfRequests];

/** What watches a template: against the alarms that AWS recommends for its services, and the documents' thresholds for its parts. */
export function alarmCoverage(template: Template): AlarmCoverage {
  const alarms = alarmReadings(template);
  return {
    alarms: alarms.length,
    composites: template.ofType('AWS::CloudWatch::CompositeAlarm').length,
    recommended: recommendedCoverage(template, alarms),
    documented: figures
      .flatMap((figuresOf) => figuresOf(template))
      .map(({ figure, level, limit, source, isHeldBy }) => ({
        figure,
        level,
        limit,
        source,
        alarms: alarms.filter(isHeldBy).map(({ id }) => id),
      })),
  };
}
