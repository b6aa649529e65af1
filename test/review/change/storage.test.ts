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

const grows = (most: number) => changed(gp3(100), gp3(100, { MaxAllocatedStorage: most }), { It: 150 });

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

  it('is left alone where RDS may grow it so far', () => {
    expect(rules(grows(150))).toEqual([]);
    expect(rules(grows(149))).toEqual(['live-storage-above-template']);
  });
});

test('storage that a blue/green deployment made smaller may be written into the template', () => {
  expect(rules(changed(gp3(300), gp3(100)))).toEqual(['storage-shrinks']);
  expect(rules(changed(gp3(300), gp3(100), { It: 100 }))).toEqual([]);
});

test('storage grows by a tenth or more, or not at all', () => {
  expect(rules(changed(gp3(100), gp3(110)))).toEqual([]);
  expect(rules(changed(gp3(100), gp3(109)))).toEqual(['storage-grows-too-little']);
});

test('from 400 GB up both figures of gp3 are asked for', () => {
  expect(rules(changed(gp3(100), gp3(400, { Iops: 12_000 })))).toEqual(['iops-missing']);
  expect(rules(changed(gp3(100), gp3(400, { Iops: 12_000, StorageThroughput: 500 })))).toEqual([]);
});

test('another type of storage is a change of the storage, and can be taken back', () => {
  const { irreversible, before, verdict } = changed(gp3(100), { AllocatedStorage: '100', StorageType: 'io2' });

  expect({ irreversible, verdict }).toEqual({ irreversible: [], verdict: 'safe' });
  expect(before).toContainEqual(expect.stringContaining('its storage changed fewer than 4 times'));
});

test('only a standby on both sides takes over at a change of class', () => {
  expect(classes(true, true)).toEqual(['failover']);
  expect(classes(false, true)).toContain('restart');
  expect(classes(true, false)).toContain('restart');
});

test('minor versions are counted as numbers: 17.9 is older than 17.10', () => {
  expect(rules(changed({ EngineVersion: '17.9' }, { EngineVersion: '17.10' }))).toEqual([]);
  expect(rules(changed({ EngineVersion: '17.10' }, { EngineVersion: '17.9' }))).toEqual(['engine-version-down']);
});
