import { elements, type Json, member } from '../../../template/template';
import { blocked, type Found, type RuleTable, silent, updated } from '../finding';
import { formatChange, formatCount, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { alarms, composites } from './alarms';
import { protectedWhileSet, removedFrom, weaker } from './security-regressions';

export const operations: RuleTable = {
  'AWS::CloudWatch::Alarm': { together: alarms },
  'AWS::CloudWatch::CompositeAlarm': { together: composites },
  'AWS::CloudWatch::Dashboard': { together: () => [] },
  'AWS::Budgets::Budget': {
    removed: weaker('the budget is gone: nobody is told of costs above it'),
    replaced: {
      kind: 'replaced',
      text: 'a new budget for other subscribers: it notifies again of what was notified this month',
      before: ['rollback'],
    },
    properties: { Budget: monthlyBudget },
  },
  'AWS::CE::AnomalyMonitor': {
    replaced: updated('a new monitor of costs: it looks at the first costs within a day'),
    removed: silent, // its subscription tells
  },
  'AWS::CE::AnomalySubscription': {
    removed: weaker('nobody is told of unusual costs any longer'),
    properties: { ThresholdExpression: anomalyThreshold, MonitorArnList: updated('which monitor of costs is listened to') },
  },
  'AWS::Backup::BackupPlan': {
    added: ({ after }) => ({ kind: 'added', text: `daily copies, kept ${days(after?.value('BackupPlan'))} days` }),
    removed: weaker('no new copies; the recovery points stay in the vault until they expire'),
    properties: { BackupPlan: newCopies },
  },
  'AWS::Backup::BackupVault': {
    properties: {
      AccessPolicy: protectedWhileSet(
        'the vault has no policy: whoever has the right may delete copies',
        'who may use the vault',
      ),
      Notifications: updated('notices of the vault'),
    },
  },
  'AWS::Backup::BackupSelection': {
    replaced: selection,
    added: silent,
    removed: removedFrom('BackupPlanId', 'nothing is copied by the plan any longer'),
  },
};

/** Its name is create-only: AWS::Budgets::Budget BudgetData. */
function monthlyBudget({ before, after }: PropertyChange, { id }: ResourceChange): Found {
  const [was, is] = [member(before, 'BudgetName'), member(after, 'BudgetName')];
  if (JSON.stringify(was) === JSON.stringify(is))
    return updated(`budget ${formatChange(amount(before), amount(after))} USD a month`);
  return blocked(
    'budget-renamed',
    `BudgetName ${formatChange(was, is)}: it cannot change later`,
    'leave BudgetName out: AWS generates one',
    `or give ${id} another logical ID`,
  );
}

function anomalyThreshold({ before, after }: PropertyChange): Found {
  return updated(`notices of unusual costs begin at USD ${formatChange(leastImpact(before), leastImpact(after))}`);
}

/** The amount in an expression of Cost Explorer, which stands in the template as text. */
function leastImpact(expression: Json): string {
  const least = typeof expression === 'string' ? /"Values":\["([\d.]+)"\]/.exec(expression)?.[1] : undefined;
  return least ?? 'another amount';
}

function newCopies({ before, after }: PropertyChange): Found {
  const text = `new copies kept ${formatChange(days(before), days(after))} days; existing ones keep their expiry`;
  return Number(days(after)) < Number(days(before)) ? weaker(text) : updated(text);
}

/** Create-only; the new one is made first. */
function selection({ before, after }: ResourceChange): Found {
  const [was, is] = [before, after].map((side) =>
    (side?.list('BackupSelection.Resources') ?? []).map((one) => JSON.stringify(one)),
  );
  const gone = was?.filter((one) => !is?.includes(one)) ?? [];
  return gone.length > 0
    ? weaker(`${formatCount(gone.length, 'resource')} no longer copied by AWS Backup`)
    : updated('what AWS Backup copies, and as which role');
}

function amount(budget: Json): string {
  return Number(member(member(budget, 'BudgetLimit'), 'Amount')).toLocaleString('en-US');
}

function days(plan: Json): string {
  const rules = elements(member(plan, 'BackupPlanRule'));
  return rules.map((rule) => formatValue(member(member(rule, 'Lifecycle'), 'DeleteAfterDays'))).join(', ');
}
