import type { StoreConfig } from '../../lib/config/store-config';
import { metrics, scoreEverySeconds } from '../../services/contract';
import type { AlarmDefinition, NoticeDefinition } from '../definition';
import { score } from '../thresholds';
import { ownMetric } from './own-metric';
import { alarms, critical, warning } from './rule';

/** Who watches the watchers: the score, the assessor that writes it, and whether anybody is told. */
export function watcherAlarms(config: StoreConfig): AlarmDefinition[] {
  return [...scores(config), ...assessor, ...undelivered];
}

export const backupNotice: NoticeDefinition = {
  id: 'backup-failed',
  part: 'backups',
  title: 'A copy of AWS Backup failed',
  source: { kind: 'backup-failed' },
  notifies: 'ticket',
  harms: 'Nobody, until something is to be restored that was not copied.',
  why: 'AWS Backup tells each copy that failed, ended too late or was stopped',
};

export const budgetNotice: NoticeDefinition = {
  id: 'budget',
  part: 'budget',
  title: "The month's costs near or pass the budget",
  source: { kind: 'budget' },
  notifies: 'ticket',
  harms: 'Nobody but whoever pays.',
  why: 'the forecast passes the budget, 80% or all of it are spent',
};

function scores(config: StoreConfig): AlarmDefinition[] {
  return alarms({
    rule: 'score',
    part: 'assessor',
    title: 'Score of the store',
    signal: ownMetric(config, metrics.score, 'Average', 'None'),
    window: { periodSeconds: scoreEverySeconds, datapoints: 2, of: 2 },
    operator: '<',
    harms: 'Nobody yet; the store outgrows its size.',
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
  signal: {
    namespace: 'AWS/Lambda',
    name: 'Errors',
    dimensions: { FunctionName: { nameOf: 'assessor-function' } },
    statistic: 'Sum',
    unit: 'Count',
  },
  window: { periodSeconds: 3_600, datapoints: 1, of: 1 },
  operator: '>',
  missing: 'notBreaching',
  harms: 'Nobody; the score is old.',
  levels: [warning(0, 'a run failed, although throttled calls are repeated; its own two retries may have helped')],
});

const undelivered = (['page', 'ticket'] as const).flatMap((topic) =>
  alarms({
    rule: `undelivered-${topic}s`,
    part: 'alerts',
    title: `Undelivered ${topic}s`,
    signal: {
      namespace: 'AWS/SNS',
      name: 'NumberOfNotificationsFailed',
      dimensions: { TopicName: { nameOf: `${topic}-topic` } },
      statistic: 'Sum',
      unit: 'Count',
    },
    window: { periodSeconds: 300, datapoints: 1, of: 1 },
    operator: '>',
    missing: 'notBreaching',
    harms: 'Somebody should know something and does not.',
    levels: [
      topic === 'page'
        ? warning(0, 'told by the other topic, which may still work')
        : critical(0, 'told by the other topic: nothing else would tell it', 'page'),
    ],
  }),
);
