import type { Json } from '../../../lib/template/json';
import { protectionOf } from './rows-of';

const undecided = (value: Json, other: Json) => ({ 'Fn::If': ['Given', value, other] });

/** Rows about a database, with conditions on a parameter with a default and on one without. */
function rowsOf(properties: object): readonly string[] {
  const { rows } = protectionOf({
    Parameters: { Stage: { Default: 'prod' }, Any: {} },
    Conditions: { Production: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, Given: { 'Fn::Equals': [{ Ref: 'Any' }, 'prod'] } },
    Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', ...properties } } },
  });
  return rows.map(({ verdict, what, words }) => `${verdict} ${what}: ${words}`);
}

test.each([
  ['MultiAZ', undecided(true, false), 'fact a database that fails: depends on a condition'],
  ['StorageEncrypted', undecided(true, false), 'fact database at rest: depends on a condition'],
  ['BackupRetentionPeriod', undecided(7, 0), 'fact database: depends on a condition'],
  ['BackupRetentionPeriod', undecided(7, 0), 'fact a database that is damaged: depends on a condition'],
  ['DeletionProtection', undecided(true, false), 'fact database: depends on a condition'],
  ['PubliclyAccessible', undecided(false, true), 'fact database: depends on a condition'],
])('%s that nobody can decide is neither good nor weak', (name, value, row) => {
  expect(rowsOf({ [name]: value })).toContain(row);
});

test.each([
  ['StorageEncrypted', true, 'good database at rest: encrypted with a key that AWS manages'],
  ['BackupRetentionPeriod', 7, 'good database: daily, at a time that RDS chooses, kept 7 days'],
  ['DeletionProtection', true, 'good database: cannot be deleted until somebody allows it'],
])('%s that the default of a parameter decides is said as if it were written', (name, value, row) => {
  expect(rowsOf({ [name]: { 'Fn::If': ['Production', value, { Ref: 'AWS::NoValue' }] } })).toContain(row);
});

test('what hangs on no condition is said as ever', () => {
  expect(rowsOf({ MultiAZ: undecided(true, false), StorageEncrypted: true })).toContain(
    'good database at rest: encrypted with a key that AWS manages',
  );
});
