import { protectionFacts } from '../../facts/protection';
import { holdsJobs } from '../../template/cache';
import { primaries } from '../../template/database';
import { statefulType } from '../../template/stateful-resources';
import { type Resource, scalar, type Template } from '../../template/template';
import { forbids } from './policies';
import { counted, joined, type Statement, statements } from './statements';
import type { ProtectionRow } from './types';

/** What is copied, when in UTC, for how long, and where to. */
export function backups(template: Template): ProtectionRow[] {
  const databases = primaries(template);
  const caches = template.ofType('AWS::ElastiCache::ReplicationGroup');
  return [
    ...statements('backups', ['database', 'databases'], databases, ofDatabase),
    ...statements('backups', ['AWS Backup', 'plans of AWS Backup'], template.ofType('AWS::Backup::BackupPlan'), ofPlan),
    ...withoutPlan(template, databases),
    ...statements('backups', ['vault of backups', 'vaults of backups'], vaultsInUse(template), ofVault),
    ...statements(
      'backups',
      ['cache', 'caches'],
      caches.filter((group) => !holdsJobs(group)),
      ofCache,
    ),
    ...statements('backups', ['job cache', 'job caches'], caches.filter(holdsJobs), ofJobCache),
  ];
}

function ofDatabase(database: Resource): Statement {
  const { default: byDefault } = protectionFacts.rdsBackupDays;
  const days = database.number('BackupRetentionPeriod') ?? byDefault;
  if (days === 0) return ['weak', 'no backups: the retention is 0 days'];
  const window = database.text('PreferredBackupWindow');
  const when = window === undefined ? 'daily, at a time chosen by RDS' : `daily ${window.replace('-', '–')} UTC`;
  const kept = `kept ${days} ${days === 1 ? 'day' : 'days'}`;
  const outlive =
    scalar(database.value('DeleteAutomatedBackups')) === 'false' ? 'kept even if the database is deleted' : undefined;
  const copied = database.text('AutomaticBackupReplicationRegion');
  const where = copied === undefined ? undefined : `copied to ${copied}`;
  return [days < protectionFacts.backupDays.least ? 'weak' : 'good', joined(`${when}, ${kept}`, outlive, where)];
}

function ofPlan(plan: Resource, template: Template): Statement {
  const rules = plan.list('BackupPlan.BackupPlanRule').map((rule) => plan.part(rule));
  const selections = template
    .ofType('AWS::Backup::BackupSelection')
    .filter((each) => each.references('BackupPlanId').includes(plan));
  const covered = selections.flatMap((selection) => selection.references('BackupSelection.Resources'));
  if (selections.length === 0) return ['weak', 'covers nothing'];
  const what = covered.length === 0 ? 'what tags or ARNs select' : listed(covered);
  return ['good', joined(`covers ${what}`, ...rules.slice(0, 2).map(formatRule))];
}

function listed(resources: readonly Resource[]): string {
  return [...Map.groupBy(resources, ({ type }) => type)]
    .map(([type, all]) => {
      const { singular = type, plural = type } = statefulType(all[0]) ?? {};
      return counted(all.length, [singular, plural]);
    })
    .join(' and ');
}

function formatRule(rule: Resource): string {
  const days = rule.text('Lifecycle.DeleteAfterDays');
  const elsewhere = rule.list('CopyActions').length > 0 ? ', copied to another vault' : '';
  return `${formatSchedule(rule.text('ScheduleExpression'))}, kept ${days === undefined ? 'without a limit' : `${days} days`}${elsewhere}`;
}

/** `cron(0 6 * * ? *)` → `daily 06:00 UTC`; others as they are written. */
function formatSchedule(schedule: string | undefined): string {
  const [, minute, hour] = /^cron\((\d+) (\d+) \* \* \? \*\)$/.exec(schedule ?? '') ?? [];
  if (minute !== undefined && hour !== undefined) return `daily ${hour.padStart(2, '0')}:${minute.padStart(2, '0')} UTC`;
  return schedule ?? 'at a time chosen by AWS Backup';
}

function withoutPlan(template: Template, databases: readonly Resource[]): ProtectionRow[] {
  if (template.ofType('AWS::Backup::BackupPlan').length > 0 || databases.length === 0) return [];
  const text = 'no plan: only automated backups of RDS, and older versions in buckets';
  return [{ topic: 'backups', subject: 'AWS Backup', text, verdict: 'fact', resources: [] }];
}

/** A vault without a plan holds nothing. */
function vaultsInUse(template: Template): readonly Resource[] {
  const plans = template.ofType('AWS::Backup::BackupPlan');
  const named = new Set(plans.flatMap((plan) => plan.references('BackupPlan.BackupPlanRule')));
  return template.ofType('AWS::Backup::BackupVault').filter((vault) => named.has(vault));
}

function ofVault(vault: Resource): Statement {
  const undeletable = forbids(vault.value('AccessPolicy'), 'backup:DeleteRecoveryPoint');
  if (vault.value('LockConfiguration') !== undefined) return ['good', 'locked: backups cannot be deleted before they expire'];
  return undeletable
    ? ['good', 'its policy denies deleting backups before they expire']
    : ['weak', 'backups can be deleted by anyone with access to AWS Backup'];
}

function ofCache(group: Resource): Statement {
  const days = group.number('SnapshotRetentionLimit') ?? 0;
  return ['fact', days === 0 ? 'no backups: it refills from the database' : `daily, kept ${days} days`];
}

/** Daily ones would bring back jobs that have run since. */
function ofJobCache(group: Resource): Statement {
  const days = group.number('SnapshotRetentionLimit') ?? 0;
  return [
    'fact',
    days === 0 ? 'none each day: jobs of a copy would run again' : `daily, kept ${days} days; jobs of a copy run again`,
  ];
}
