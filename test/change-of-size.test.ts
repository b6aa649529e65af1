import { fullDiff, type ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { type TierName, tierNames } from '../lib/tiers/tier';
import { type CloudFormationTemplate, templateOf } from './support/stores';
import { statefulIds } from './traps/state-and-size';

const pairs = tierNames.flatMap((from) => tierNames.map((to) => [from, to] as const)).filter(([from, to]) => from !== to);
const upwards = pairs.filter(([from, to]) => tierNames.indexOf(from) < tierNames.indexOf(to));
const downwards = pairs.filter(([from, to]) => tierNames.indexOf(from) > tierNames.indexOf(to));

const loses = new Set([
  ResourceImpact.WILL_REPLACE,
  ResourceImpact.MAY_REPLACE,
  ResourceImpact.WILL_DESTROY,
  ResourceImpact.WILL_ORPHAN,
]);

type Differences = readonly (readonly [string, ResourceDifference])[];

const compared = new Map<string, Differences>();

/** Compared once for each pair: it takes a tenth of a second. */
function differences(from: TierName, to: TierName): Differences {
  const key = `${from} ${to}`;
  const found = compared.get(key) ?? changes(templateOf(from), templateOf(to));
  compared.set(key, found);
  return found;
}

const changes = (from: CloudFormationTemplate, to: CloudFormationTemplate): Differences =>
  Object.entries(fullDiff(withoutAlarms(from), withoutAlarms(to)).resources.changes);

/** Alarms and dashboards hold no state, and nothing takes a value from them; to compare them takes longer than all the rest. */
function withoutAlarms(template: CloudFormationTemplate): object {
  const others = Object.entries(template.Resources).filter(([, { Type }]) => !Type.startsWith('AWS::CloudWatch::'));
  return { ...template, Resources: Object.fromEntries(others) };
}

/**
 * The service's schema calls it conditionally create-only. RDS changes the days in place while they stay above 0, and the instance
 * has a physical name, under which CloudFormation refuses to replace it.
 */
const inPlace = new Set(['BackupRetentionPeriod']);

function lost(from: TierName, to: TierName): string[] {
  return differences(from, to)
    .filter(([id]) => id in statefulIds)
    .filter(([, { changeImpact, propertyUpdates }]) => {
      const causes = Object.entries(propertyUpdates).filter(([, { changeImpact: impact }]) => impact && loses.has(impact));
      return loses.has(changeImpact) && (causes.length === 0 || causes.some(([property]) => !inPlace.has(property)));
    })
    .map(([id, { changeImpact }]) => `${id} ${changeImpact}`);
}

/** Properties of what holds state that get smaller where AWS only lets them grow. */
function shrinking(from: TierName, to: TierName): string[] {
  return differences(from, to).flatMap(([id, difference]) =>
    Object.entries(difference.propertyUpdates)
      .filter(([property, { oldValue, newValue }]) => property === 'AllocatedStorage' && Number(newValue) < Number(oldValue))
      .map(([property]) => `${id}.${property}`),
  );
}

test('there are six changes of size upwards and six downwards', () => {
  expect([upwards.length, downwards.length]).toEqual([6, 6]);
});

test.each(upwards)('from %s up to %s nothing that holds state is replaced or removed, and no storage shrinks', (from, to) => {
  expect(differences(from, to).length).toBeGreaterThan(5);
  expect(lost(from, to)).toEqual([]);
  expect(shrinking(from, to)).toEqual([]);
});

test.each(downwards)(
  'from %s down to %s nothing that holds state is replaced or removed; only storage is blocked',
  (from, to) => {
    expect(lost(from, to)).toEqual([]);
    expect(shrinking(from, to).filter((change) => !change.startsWith('Replicas'))).toEqual([
      'DatabasePrimaryEDE0B3D0.AllocatedStorage',
    ]);
  },
);

const storage = ({ Resources }: CloudFormationTemplate) => Resources.DatabasePrimaryEDE0B3D0?.Properties.AllocatedStorage;

test.each(downwards)('from %s down to %s is not blocked where the setting keeps the storage', (from, to) => {
  const storageGb = Number(storage(templateOf(from)));
  expect(storage(templateOf(to, { database: { storageGb } }))).toBe(String(storageGb));
});

test.each(pairs)('from %s to %s the proxy is kept, made or removed, never replaced under its own name', (from, to) => {
  const replaced = differences(from, to).filter(
    ([, difference]) =>
      difference.resourceType === 'AWS::RDS::DBProxy' &&
      [ResourceImpact.WILL_REPLACE, ResourceImpact.MAY_REPLACE].includes(difference.changeImpact),
  );
  expect(replaced).toEqual([]);
});

test.each(pairs)('from %s to %s nothing else with a physical name is replaced under it', (from, to) => {
  const named = new Set([
    'AWS::ElastiCache::User',
    'AWS::ElastiCache::UserGroup',
    'AWS::CloudFront::VpcOrigin',
    'AWS::Backup::BackupVault',
    'AWS::Logs::LogGroup',
  ]);
  const replaced = differences(from, to).filter(
    ([, difference]) =>
      named.has(difference.resourceType ?? '') &&
      [ResourceImpact.WILL_REPLACE, ResourceImpact.MAY_REPLACE].includes(difference.changeImpact),
  );
  expect(replaced.map(([id]) => id)).toEqual([]);
});
