import { changeFacts } from '../../../facts/changes';
import { limits } from '../../../facts/limits';
import { figure } from '../../text/money';
import type { Found, Scope } from '../finding';
import { formatChange, formatGbChange, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';

const { lockedHours, leastGrowth } = changeFacts.rdsStorage;
const { fromGb, iops, throughputMiBps } = limits.rdsGp3Provisioned;

/** Storage of primary and replicas: RDS never shrinks it, grows it by a tenth or more, and not again for hours. */
export function storage({ before, after }: PropertyChange, change: ResourceChange, scope: Scope): readonly Found[] {
  const was = liveGb(change, scope) ?? Number(before);
  const is = Number(after);
  const text = `storage ${formatGbChange(was, is)}`;
  if (!(was > 0 && is > 0)) return [{ kind: 'updated', text: `storage ${formatChange(before, after)}` }];
  if (is === was) return [];
  if (is < was) return liveGb(change, scope) === undefined ? [shrinks(was, text)] : []; // found by belowLive
  if (is < leastAfter(was)) return [growsTooLittle(was, text)];
  return [
    {
      kind: 'irreversible',
      text: `${text}; it never shrinks again, and is locked for ${lockedHours} hours or more`,
      irreversible: `${text}: it never shrinks`,
      before: ['snapshot', 'storageLock'],
      after: ['storageNext'],
    },
  ];
}

function shrinks(was: number, text: string): Found {
  return {
    kind: 'blocked',
    text: `${text}: RDS never shrinks storage`,
    part: 'database',
    block: { rule: 'storage-shrinks', workaround: [settingsLine(was)] },
  };
}

/** Whole GB, the least that storage grows to. Rounded first: 100 × 1.1 is slightly above 110. */
function leastAfter(gb: number): number {
  return Math.ceil(Math.round(gb * (1 + leastGrowth) * 100) / 100);
}

/** Otherwise the stack is stuck in UPDATE_ROLLBACK_FAILED: github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 1312. */
function growsTooLittle(was: number, text: string): Found {
  return {
    kind: 'blocked',
    text: `${text}: RDS grows storage by ${figure(leastGrowth * 100)}% or more`,
    part: 'database',
    block: { rule: 'storage-grows-too-little', workaround: [settingsLine(leastAfter(was)), settingsLine(was)] },
  };
}

const settingsLine = (gb: number): string => `"database": { "storageGb": ${gb} }`;

function liveGb({ id, before }: ResourceChange, { liveStorageGb }: Scope): number | undefined {
  const live = Object.hasOwn(liveStorageGb, id) ? liveStorageGb[id] : undefined;
  return live !== undefined && live !== before?.number('AllocatedStorage') ? live : undefined;
}

/** What no property shows alone: more storage than any template knows of, and the figures that go with a size of gp3. */
export function provisioned(change: ResourceChange, scope: Scope): readonly Found[] {
  const resource = change.after;
  const gb = resource?.number('AllocatedStorage');
  if (!resource || gb === undefined) return [];
  return [...belowLive(change, scope, gb), ...figuresOfGp3(change, gb)];
}

/**
 * Any modification of an instance carries the template's storage: github.com/aws/aws-cdk issue 29916. Where the template lets RDS grow it,
 * CloudFormation leaves it alone: github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds pull request 598.
 */
function belowLive(change: ResourceChange, scope: Scope, gb: number): readonly Found[] {
  const live = liveGb(change, scope);
  if (live === undefined || live <= gb) return [];
  const text = `the running database has ${figure(live)} GB, the template ${figure(gb)}`;
  if ((change.after?.number('MaxAllocatedStorage') ?? 0) >= live) {
    return [{ kind: 'updated', text: `${text}; it keeps what it has: write ${settingsLine(live)}` }];
  }
  return [
    {
      kind: 'blocked',
      text: `${text}: the deployment would shrink it, which RDS refuses`,
      part: 'database',
      block: { rule: 'live-storage-above-template', workaround: [settingsLine(live)] },
    },
  ];
}

/** awsdocs/amazon-rds-user-guide @f2e9ed35 CHAP_Storage.md; github.com/aws/aws-cdk issue 16934. */
function figuresOfGp3({ after, properties }: ResourceChange, gb: number): readonly Found[] {
  const given = ['Iops', 'StorageThroughput'].filter((name) => after?.value(name) !== undefined);
  const touched = properties.some(({ name }) => /^(AllocatedStorage|StorageType|Iops|StorageThroughput)$/.test(name));
  if (after?.text('StorageType') !== 'gp3' || !touched) return [];
  if (gb < fromGb && given.length > 0) {
    const text = `${given.join(' and ')} for ${figure(gb)} GB: RDS takes them from ${fromGb} GB up`;
    return [{ kind: 'blocked', text, block: { rule: 'iops-below-400-gb', workaround: [`leave ${given.join(' and ')} out`] } }];
  }
  if (gb >= fromGb && given.length < 2) {
    const text = `${figure(gb)} GB without Iops and StorageThroughput: RDS asks for them from ${fromGb} GB up`;
    const workaround = [`Iops: ${iops}, StorageThroughput: ${throughputMiBps}`];
    return [{ kind: 'blocked', text, block: { rule: 'iops-missing', workaround } }];
  }
  return [];
}

export function storageType({ before, after }: PropertyChange): readonly Found[] {
  const slower = after === 'gp2' ? '; its speed grows with its size, and no figure can be set' : '';
  const magnetic = [before, after].includes('standard') ? '; away for a moment as it begins' : '';
  return [
    {
      kind: 'updated',
      text: `storage type ${formatChange(before ?? 'gp2', after ?? 'gp2')}${slower}${magnetic}; locked for ${lockedHours} hours or more`,
      before: ['storageLock', 'lowTraffic'],
      after: ['storageNext'],
    },
  ];
}

export function autoscaling({ after }: PropertyChange): readonly Found[] {
  if (after === undefined) return [{ kind: 'updated', text: 'storage does not grow by itself any more' }];
  return [
    {
      kind: 'irreversible',
      text: `RDS may grow the storage by itself, up to ${formatValue(after)} GB: write what it has grown to into the settings before the next change`,
      irreversible: 'storage that RDS grows by itself never shrinks',
    },
  ];
}
