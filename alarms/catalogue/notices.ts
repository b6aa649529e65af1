import type { NoticeDefinition } from '../definition';

/** What AWS tells of copies and of money, which no metric of the store shows. */
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
