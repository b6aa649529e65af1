import { elements, type Json, member } from '../../../template/template';
import type { Comparison } from '../compare';
import { blocked, type Finding, type Found, type RuleTable, silent, updated } from '../finding';
import { formatChange, formatCount, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';

export const operations: RuleTable = {
  'AWS::CloudWatch::Alarm': { together: alarms },
  'AWS::CloudWatch::CompositeAlarm': { together: () => [] }, // they follow the alarms
  'AWS::CloudWatch::Dashboard': { together: () => [] },
  'AWS::Budgets::Budget': {
    replaced: {
      kind: 'replaced',
      text: 'a new budget for other subscribers: it notifies again of what was notified this month',
      before: ['rollback'],
    },
    properties: { Budget: monthlyBudget },
  },
  'AWS::Backup::BackupPlan': {
    added: ({ after }) => ({ kind: 'added', text: `daily copies, kept ${days(after?.value('BackupPlan'))} days` }),
    removed: { kind: 'removed', text: 'no new copies; the recovery points stay in the vault until they expire' },
    properties: {
      BackupPlan: ({ before, after }) =>
        updated(`new copies kept ${formatChange(days(before), days(after))} days; existing ones keep their expiry`),
    },
  },
  'AWS::Backup::BackupSelection': { added: silent, removed: silent },
};

function alarms(changes: readonly ResourceChange[], { before, after }: Comparison): readonly Finding[] {
  const [was, is] = [before, after].map((template) => template.ofType('AWS::CloudWatch::Alarm').length);
  const count = (impact: ResourceChange['impact']) => changes.filter((change) => change.impact === impact).length;
  const [changed, renamed] = [was === is ? 0 : count('updated'), count('replaced')];
  const text = [
    was === is ? formatCount(changes.length, 'alarm') : `${formatChange(was, is)} alarms`,
    ...(changed === 0 ? [] : [`${changed} of them changed`]),
    ...(renamed === 0 ? [] : [`${renamed} of them renamed and without their history`]),
  ].join(', ');
  const resources = changes.map(({ id }) => id);
  return [{ kind: 'updated', text: `${text}; the dashboards follow`, part: 'alarms', resources }];
}

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

function amount(budget: Json): string {
  return Number(member(member(budget, 'BudgetLimit'), 'Amount')).toLocaleString('en-US');
}

function days(plan: Json): string {
  const rules = elements(member(plan, 'BackupPlanRule'));
  return rules.map((rule) => formatValue(member(member(rule, 'Lifecycle'), 'DeleteAfterDays'))).join(', ');
}
