import type { Template } from '../../template/template';
import { alarmReadings } from './alarm-readings';
import { figuresOfDatabase } from './figures-of-database';
import { figuresOfRequests } from './figures-of-requests';
import { figuresOfServices } from './figures-of-services';
import { recommendedCoverage } from './recommended-coverage';
import type { AlarmCoverage, DocumentedFigure } from './types';

const figures = [figuresOfServices, figuresOfDatabase, figuresOfRequests];

/** Compares a template's alarms with those that AWS recommends for its services, and with the documents' thresholds for its parts. */
export function alarmCoverage(template: Template): AlarmCoverage {
  const alarms = alarmReadings(template);
  const readable = alarms.filter(({ isComplete }) => isComplete);
  const notWatched = readable.length === alarms.length ? 'not watched' : 'not known';
  return {
    alarms: alarms.length,
    composites: template.ofType('AWS::CloudWatch::CompositeAlarm').length,
    recommended: recommendedCoverage(template, alarms),
    documented: figures
      .flatMap((figuresOf) => figuresOf(template))
      .map(({ isWatchedBy, ...figure }) => {
        const watchers = readable.filter(isWatchedBy).map(({ id }) => id);
        const verdict: DocumentedFigure['verdict'] = watchers.length > 0 ? 'watched' : notWatched;
        return Object.assign(figure, { alarms: watchers, verdict });
      }),
  };
}
