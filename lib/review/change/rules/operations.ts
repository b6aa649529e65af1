import { isList, type Json, member } from '../../../template/template';
import type { Comparison } from '../compare';
import { type Finding, type Found, type RuleTable, silent } from '../finding';
import { formatChange, formatCount, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';

export const operations: RuleTable = {
  'AWS::CloudWatch::Alarm': { together: alarms },
  'AWS::CloudWatch::CompositeAlarm': { together: () => [] }, // they follow the alarms
  'AWS::CloudWatch::Dashboard': { together: () => [] },
  'AWS::Budgets::Budget': {
    replaced: () => [
      {
        kind: 'replaced',
        text: 'a new budget for other subscribers: it forgets whom it has told this month',
        before: ['rollback'],
      },
    ],
    properties: { Budget: budget },
  },
  'AWS::Backup::BackupPlan': {
    added: ({ after }) => [{ kind: 'added', text: `daily copies, kept ${days(after?.value('BackupPlan'))} days` }],
    removed: () => [{ kind: 'removed', text: 'no new copies; the recovery points stay in the vault until their time' }],
    properties: {
      BackupPlan: ({ before, after }) => [
        {
          kind: 'updated',
          text: `new copies kept ${formatChange(days(before), days(after))} days; those that there are keep their time`,
        },
      ],
    },
  },
  'AWS::Backup::BackupSelection': { added: silent, removed: silent },
};

function alarms(changes: readonly ResourceChange[], { before, after }: Comparison): readonly Finding[] {
  const counts = [before, after].map((template) => template.ofType('AWS::CloudWatch::Alarm').length);
  const updated = changes.filter(({ impact }) => impact === 'updated').length;
  const renamed = changes.filter(({ impact }) => impact === 'replaced').length;
  if (changes.length === 0) return [];
  const resources = changes.map(({ id }) => id);
  const text = counts[0] === counts[1] ? formatCount(changes.length, 'alarm') : `${formatChange(counts[0], counts[1])} alarms`;
  const others = updated === 0 || counts[0] === counts[1] ? '' : `, ${updated} of them with other numbers`;
  const anew = renamed === 0 ? '' : `, ${renamed} of them under other names and without their history`;
  return [{ kind: 'updated', text: `${text}${others}${anew}; the dashboards follow`, part: 'alarms', resources }];
}

function budget({ before, after }: PropertyChange, change: ResourceChange): readonly Found[] {
  const [was, is] = [member(before, 'BudgetName'), member(after, 'BudgetName')];
  if (JSON.stringify(was) !== JSON.stringify(is)) {
    const workaround = ['leave BudgetName out: AWS makes one up, and nobody reads it', `or give ${change.id} another logical ID`];
    const text = `the budget’s name ${formatChange(was, is)}: it is create-only`; // AWS::Budgets::Budget BudgetData
    return [{ kind: 'blocked', text, block: { rule: 'budget-renamed', workaround } }];
  }
  return [{ kind: 'updated', text: `budget ${formatChange(amount(before), amount(after))} USD a month` }];
}

function amount(of: Json): string {
  return Number(member(member(of, 'BudgetLimit'), 'Amount')).toLocaleString('en-US');
}

function days(plan: Json): string {
  const rules = member(plan, 'BackupPlanRule');
  const all = isList(rules) ? rules.map((rule) => member(member(rule, 'Lifecycle'), 'DeleteAfterDays')) : [];
  return all.map(formatValue).join(', ');
}
