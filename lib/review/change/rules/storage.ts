import { changeFacts } from '../../../facts/changes';
import { limits } from '../../../facts/limits';
import { figure } from '../../text/money';
import { blocked, type Found, type Scope, updated } from '../finding';
import { formatChange, formatList, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';

const { leastGrowth } = changeFacts.rdsStorage;
const stripes = changeFacts.rdsStripes;
const { fromGb, iops, throughputMiBps } = limits.rdsGp3Provisioned;

/** What comes with every change of the storage. */
const modification = {
  waits: ['storageOptimization'],
  before: ['storageLock', 'credentials'],
  after: ['storageNext'],
} as const satisfies Partial<Found>;

/** Storage of primary and replicas: RDS never shrinks it in place, grows it by a tenth or more, and copies it where it gets more volumes. */
export function storage({ before, after }: PropertyChange, change: ResourceChange, scope: Scope): Found | readonly Found[] {
  const live = liveGb(change, scope);
  const [was, is] = [live ?? Number(before), Number(after)];
  if (!(was > 0 && is > 0)) return updated(`storage ${formatChange(before, after)}`);
  const text = `storage ${figure(was)} → ${figure(is)} GB`;
  if (is === was) return [];
  if (is < was && live !== undefined) return []; // found by liveStorage
  if (is < was) {
    const { block, ...found } = blockedStorage('storage-shrinks', `${text}: RDS never shrinks storage in place`, was);
    return { ...found, block: { rule: 'storage-shrinks', workaround: [...(block?.workaround ?? []), smaller] } };
  }
  // Otherwise the stack is stuck in UPDATE_ROLLBACK_FAILED: github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 1312.
  if (is < leastAfter(was)) {
    const reason = `${text}: RDS grows storage by ${figure(leastGrowth * 100)}% or more`;
    return blockedStorage('storage-grows-too-little', reason, leastAfter(was), was);
  }
  const grown: Found = {
    kind: 'irreversible',
    text: `${text}; it never shrinks again`,
    irreversible: `${text}: it never shrinks`,
    ...modification,
    before: ['snapshot', ...modification.before],
  };
  return was < stripes.fromGb && is >= stripes.fromGb ? [grown, copied(text)] : grown;
}

function copied(text: string): Found {
  return {
    kind: 'data-copied',
    text: `${text} crosses ${stripes.fromGb} GB: RDS copies all data to four volumes, and reads and writes are slower for hours`,
    before: ['lowTraffic', 'storageAlone'],
  };
}

const smaller = 'or a database of its own beside it, by a blue/green deployment: docs/changes.md, "Smaller storage"';

/** Whole GB, the least that storage grows to. Rounded first: 100 × 1.1 is slightly above 110. */
function leastAfter(gb: number): number {
  return Math.ceil(Math.round(gb * (1 + leastGrowth) * 100) / 100);
}

/** Of a replica too: the setting is the database's. */
function blockedStorage(rule: string, reason: string, ...allowedGb: readonly number[]): Found {
  return { ...blocked(rule, reason, ...allowedGb.map(setting)), part: 'database' };
}

const setting = (gb: number): string => `"database": { "storageGb": ${gb} }`;

function liveGb({ id, before }: ResourceChange, { liveStorageGb }: Scope): number | undefined {
  const live = Object.hasOwn(liveStorageGb, id) ? liveStorageGb[id] : undefined;
  return live === before?.number('AllocatedStorage') ? undefined : live;
}

/** What shows in no property alone: more storage than the template has, what a size of gp3 requires, and its speed. */
export function wholeStorage(change: ResourceChange, scope: Scope): readonly Found[] {
  const gb = change.after?.number('AllocatedStorage');
  return [...(gb === undefined ? [] : [...liveStorage(change, scope, gb), ...gp3Figures(change, gb)]), ...speed(change)];
}

/** Operations and throughput alone are a modification of the storage, too; with its size they come in one. */
function speed({ properties }: ResourceChange): readonly Found[] {
  const alone = !properties.some(({ name }) => name === 'AllocatedStorage' || name === 'StorageType');
  const changed = properties.filter(({ name }) => name === 'Iops' || name === 'StorageThroughput');
  if (!alone || changed.length === 0) return [];
  const text = changed.map(({ name, before, after }) => `${name} ${formatChange(before, after)}`).join(', ');
  return [updated(`${text}; no downtime, slower while RDS optimises the storage`, modification)];
}

/**
 * Any modification of an instance sets the template's storage: github.com/aws/aws-cdk issue 29916. CloudFormation leaves it out where the
 * template lets RDS grow it: github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds pull request 598.
 */
function liveStorage(change: ResourceChange, scope: Scope, gb: number): readonly Found[] {
  const live = liveGb(change, scope);
  if (live === undefined || live <= gb) return [];
  const text = `the running database has ${figure(live)} GB, the template ${figure(gb)}`;
  return (change.after?.number('MaxAllocatedStorage') ?? 0) >= live
    ? [updated(`${text}; it keeps its size: set ${setting(live)}`)]
    : [blockedStorage('live-storage-above-template', `${text}: the deployment would shrink it, which RDS refuses`, live)];
}

/** AWS RDS user guide, CHAP_Storage; github.com/aws/aws-cdk issue 16934. */
function gp3Figures({ after, properties }: ResourceChange, gb: number): readonly Found[] {
  const changes = properties.some(({ name }) => /^(AllocatedStorage|StorageType|Iops|StorageThroughput)$/.test(name));
  if (after?.text('StorageType') !== 'gp3' || !changes) return [];
  const given = ['Iops', 'StorageThroughput'].filter((name) => after.value(name) !== undefined);
  if (gb < fromGb && given.length > 0) {
    const text = `${formatList(given)} for ${figure(gb)} GB: RDS allows that only from ${fromGb} GB`;
    return [blocked('iops-below-400-gb', text, `leave ${formatList(given)} out`)];
  }
  if (gb >= fromGb && given.length < 2) {
    const text = `${figure(gb)} GB without Iops and StorageThroughput: RDS requires both from ${fromGb} GB`;
    return [blocked('iops-missing', text, `Iops: ${iops}, StorageThroughput: ${throughputMiBps}`)];
  }
  return [];
}

export function storageType({ before, after }: PropertyChange): Found {
  const text = [
    `storage type ${formatChange(before ?? 'gp2', after ?? 'gp2')}`,
    ...(after === 'gp2' ? ['its speed depends on its size and cannot be set'] : []),
    ...([before, after].includes('standard') ? ['a short downtime at the start'] : []),
  ];
  return updated(text.join('; '), { ...modification, before: [...modification.before, 'lowTraffic'] });
}

export function autoscaling({ after }: PropertyChange): Found {
  if (after === undefined) return updated('RDS no longer grows the storage automatically');
  return {
    kind: 'irreversible',
    text: `RDS may grow the storage automatically, up to ${formatValue(after)} GB: before the next change, set "storageGb" to its size`,
    irreversible: 'storage that RDS grows automatically never shrinks',
  };
}
