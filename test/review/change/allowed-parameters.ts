import type { AllowedCase } from './allowed-case';
import { between, changing, edit, edited, set, withParameters } from './changed-store';

const late = ', which CloudFormation leaves to you until the database changes itself';
const restartOrder =
  'Restart the replicas before the primary where a value rises, after it where it falls: one that has less than the primary stops replaying';

export const allowedParameters: readonly AllowedCase[] = [
  {
    change: 'a parameter that PostgreSQL reads at its start',
    review: () =>
      changing(
        'medium',
        edit('AWS::RDS::DBParameterGroup', ({ Parameters }) => (Parameters.shared_preload_libraries = 'pg_cron')),
      ),
    verdict: 'downtime',
    lines: [`database restart parameters shared_preload_libraries; shared_preload_libraries only after a restart${late}`],
    after: [
      'Restart the database in a low-traffic hour: aws rds reboot-db-instance. Otherwise the next deployment that changes anything of it, tags included, restarts it',
    ],
    downtime: [[30, 120]],
  },
  ...(
    [
      ['17', 'autovacuum_max_workers'],
      ['18', 'io_method'],
      ['18', 'pg_stat_statements.max'],
      ['17', 'rds.logical_replication'],
      ['18', 'temp_file_limit'],
    ] as const
  ).map(
    ([major, name]): AllowedCase => ({
      change: `${name} of PostgreSQL ${major}, which it reads at its start`,
      review: () =>
        between(
          edited('medium', withParameters(`postgres${major}`, { [name]: '1' })),
          edited('medium', withParameters(`postgres${major}`, { [name]: '2' })),
        ),
      verdict: 'downtime',
      lines: [`database restart parameters ${name}; ${name} only after a restart${late}`],
      downtime: [[30, 120]],
    }),
  ),
  {
    change: 'a parameter that replicas need as large as the primary has it',
    review: () =>
      between(
        edited('medium', withParameters('postgres18', { max_locks_per_transaction: '64' })),
        edited('medium', withParameters('postgres18', { max_locks_per_transaction: '128' })),
      ),
    verdict: 'downtime',
    lines: [`database restart parameters max_locks_per_transaction; max_locks_per_transaction only after a restart${late}`],
    downtime: [[30, 120]],
    after: [restartOrder],
  },
  {
    change: 'such a parameter, and something of the database, which therefore restarts',
    review: () =>
      between(
        edited('medium', withParameters('postgres18', { max_connections: '100' })),
        edited(
          'medium',
          withParameters('postgres18', { max_connections: '200' }),
          set('AWS::RDS::DBInstance', { BackupRetentionPeriod: 20 }, 'DatabasePrimary'),
        ),
      ),
    verdict: 'downtime',
    lines: [
      'database restart parameters max_connections; max_connections only after a restart, in this deployment',
      'database updated backups kept 14 → 20 days',
    ],
    downtime: [[30, 120]],
    before: ['Change the parameters in a deployment of their own: CloudFormation restarts the primary before its replicas'],
    after: [restartOrder],
  },
  ...(
    [
      ['18', 'autovacuum_max_workers'],
      ['17', 'work_mem'],
      ['18', 'pg_stat_statements.track'],
      ['18', 'rds.force_ssl'],
    ] as const
  ).map(
    ([major, name]): AllowedCase => ({
      change: `${name} of PostgreSQL ${major}, which it reads while it runs`,
      review: () =>
        between(
          edited('medium', withParameters(`postgres${major}`, { [name]: '1' })),
          edited('medium', withParameters(`postgres${major}`, { [name]: '2' })),
        ),
      verdict: 'safe',
      lines: [`database updated parameters ${name}; they take effect immediately`],
    }),
  ),
  ...(
    [
      ['18', 'rds.no_such_parameter'],
      ['18', 'pgaudit.log'],
      ['19', 'work_mem'],
    ] as const
  ).map(
    ([major, name]): AllowedCase => ({
      change: `${name} of PostgreSQL ${major}, which no list has`,
      review: () =>
        between(
          edited('medium', withParameters(`postgres${major}`, { [name]: '1' })),
          edited('medium', withParameters(`postgres${major}`, { [name]: '2' })),
        ),
      verdict: 'not judged',
      lines: [`database not judged when ${name} takes effect is not known: there may be a restart`],
    }),
  ),
  {
    change: 'a parameter that holds at once',
    review: () =>
      changing(
        'medium',
        edit('AWS::RDS::DBParameterGroup', ({ Parameters }) => (Parameters.log_lock_waits = '0')),
      ),
    verdict: 'safe',
    lines: ['database updated parameters log_lock_waits; they take effect immediately'],
  },
];
