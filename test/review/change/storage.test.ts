import { ChangeReviewer } from '../../../lib/review/change/review-change';
import type { ChangeReview } from '../../../lib/review/change/types';

const gp3 = (gb: number, more: Record<string, unknown> = {}) => ({ AllocatedStorage: String(gb), StorageType: 'gp3', ...more });

const side = (name: string, Properties: Record<string, unknown>) => ({
  name,
  template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties } } },
});

function changed(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  liveStorageGb: Readonly<Record<string, number>> = {},
): ChangeReview {
  return new ChangeReviewer().review({
    from: side('before', before),
    to: side('after', after),
    deploy: 'npx cdk deploy',
    liveStorageGb,
  });
}

const rules = ({ blocks }: ChangeReview) => blocks.map(({ rule }) => rule);

/** What becomes of a database with and without a standby at a change of class. */
const classes = (was: boolean, is: boolean) =>
  changed({ DBInstanceClass: 'db.t4g.micro', MultiAZ: was }, { DBInstanceClass: 'db.t4g.small', MultiAZ: is }).parts.flatMap(
    ({ effects }) => effects.map(({ kind }) => kind),
  );

describe('storage that runs above its template', () => {
  it('blocks until the template has caught up with it', () => {
    expect(rules(changed(gp3(100), gp3(149, { BackupRetentionPeriod: 7 }), { It: 150 }))).toEqual([
      'live-storage-above-template',
    ]);
    expect(rules(changed(gp3(100), gp3(150, { BackupRetentionPeriod: 7 }), { It: 150 }))).toEqual([]);
  });
});

test('storage grows by a tenth or more, or not at all', () => {
  expect(rules(changed(gp3(100), gp3(110)))).toEqual([]);
  expect(rules(changed(gp3(100), gp3(109)))).toEqual(['storage-grows-too-little']);
});

test('only a standby on both sides takes over at a change of class', () => {
  expect(classes(true, true)).toEqual(['failover']);
  expect(classes(false, true)).toContain('restart');
  expect(classes(true, false)).toContain('restart');
});
