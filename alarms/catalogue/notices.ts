import type { CostAnomaliesConfig } from '../../lib/config/store-config';
import type { NoticeDefinition } from '../definition';

/** What AWS tells of copies and of money, which no metric of the store shows. */
export const backupNotice: NoticeDefinition = {
  id: 'backup-failed',
  part: 'backups',
  title: 'A copy of AWS Backup failed',
  source: { kind: 'backup-failed' },
  notifies: 'ticket',
  harms: 'No impact until a restore needs the missing copy.',
  why: 'AWS Backup reports each copy that failed, ended too late or was stopped',
};

export const budgetNotice: NoticeDefinition = {
  id: 'budget',
  part: 'budget',
  title: "The month's costs approach or exceed the budget",
  source: { kind: 'budget' },
  notifies: 'ticket',
  harms: 'Only the bill.',
  why: 'the forecast exceeds the budget, or 80% or all of it is spent',
};

export const costAnomalyNotice = ({ fromUsd }: CostAnomaliesConfig): NoticeDefinition => ({
  id: 'cost-anomaly',
  part: 'budget',
  title: 'Costs are unusual',
  source: { kind: 'cost-anomalies' },
  notifies: 'ticket',
  harms: 'Only the bill.',
  why: `costs are USD ${fromUsd} or more above what is usual for the store`,
});
