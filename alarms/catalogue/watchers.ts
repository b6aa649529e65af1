import type { StoreConfig } from '../../lib/config/store-config';
import { metrics, scoreEverySeconds } from '../../services/contract';
import type { AlarmDefinition } from '../definition';
import { score } from '../thresholds';
import { alarms, awsMetric, critical, customMetric, warning } from './rule';

/** Who watches the watchers: the score, the assessor that writes it, and whether anybody is told. */
export function watcherAlarms(config: StoreConfig): AlarmDefinition[] {
  return [...scores(config), ...assessor, ...undelivered];
}

function scores(config: StoreConfig): AlarmDefinition[] {
  return alarms({
    rule: 'score',
    part: 'assessor',
    title: 'Score of the store',
    signal: customMetric(config.name, metrics.score, 'Average', 'None'),
    window: { periodSeconds: scoreEverySeconds, datapoints: 2, of: 2 },
    operator: '<',
    harms: 'No impact yet; the store outgrows its size.',
    levels: [
      warning(score.plan, `under ${score.plan} the next size is planned ${score.source}`),
      critical(score.yellow, `under ${score.yellow} the light is red ${score.source}`, 'ticket'),
    ],
  });
}

const assessor = alarms({
  rule: 'assessor-failed',
  part: 'assessor',
  title: 'The assessor failed',
  signal: awsMetric('AWS/Lambda', 'Errors', 'Sum', 'Count', { FunctionName: { nameOf: 'assessor-function' } }),
  window: { periodSeconds: 3_600, datapoints: 1, of: 1 },
  missing: 'notBreaching',
  harms: 'No impact on customers; the score is outdated.',
  levels: [warning(0, 'a run failed, although throttled calls are repeated; its own two retries may have helped')],
});

const undelivered = (['page', 'ticket'] as const).flatMap((topic) =>
  alarms({
    rule: `undelivered-${topic}s`,
    part: 'alerts',
    title: `Undelivered ${topic}s`,
    signal: awsMetric('AWS/SNS', 'NumberOfNotificationsFailed', 'Sum', 'Count', { TopicName: { nameOf: `${topic}-topic` } }),
    window: { periodSeconds: 300, datapoints: 1, of: 1 },
    missing: 'notBreaching',
    harms: 'A notification did not reach its recipients.',
    levels: [
      topic === 'page'
        ? warning(0, 'sent to the other topic, which may still work')
        : critical(0, 'sent to the other topic: nothing else reports it', 'page'),
    ],
  }),
);
