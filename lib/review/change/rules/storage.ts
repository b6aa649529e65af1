import { changeFacts } from '../../../facts/changes';
import { figure } from '../../text/money';
import { blocked, type Found, type Scope, updated } from '../finding';
import { formatChange } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';

const { lockedHours, leastGrowth } = changeFacts.rdsStorage;

/** Storage of primary and replicas: RDS never shrinks it, grows it by a tenth or more, and not again for hours. */
export function storage({ before, after }: PropertyChange, change: ResourceChange, scope: Scope): Found | readonly Found[] {
  const live = liveGb(change, scope);
  const [was, is] = [live ?? Number(before), Number(after)];
  if (!(was > 0 && is > 0)) return updated(`storage ${formatChange(before, after)}`);
  const text = `storage ${figure(was)} → ${figure(is)} GB`;
  if (is === was) return [];
  if (is < was && live !== undefined) return []; // found by liveStorage
  if (is < was) return blockedStorage('storage-shrinks', `${text}: RDS never shrinks storage`, was);
  // Otherwise the stack is stuck in UPDATE_ROLLBACK_FAILED: github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 1312.
  if (is < leastAfter(was)) {
    const reason = `${text}: RDS grows storage by ${figure(leastGrowth * 100)}% or more`;
    return blockedStorage('storage-grows-too-little', reason, leastAfter(was), was);
  }
  return {
    kind: 'irreversible',
    text: `${text}; it never shrinks again, and is locked for ${lockedHours} hours or more`,
    irreversible: `${text}: it never shrinks`,
    before: ['snapshot', 'storageLock'],
    after: ['storageNext'],
  };
}

/** Whole GB, the least that storage grows to. Rounded first: 100 × 1.1 is slightly above 110. */
function leastAfter(gb: number): number {
  return Math.ceil(Math.round(gb * (1 + leastGrowth) * 100) / 100);
}

/** Of a replica too: the setting is the database's. */
function blockedStorage(rule: string, reason: string, ...allowedGb: readonly number[]): Found {
  const workaround = allowedGb.map((gb) => `"database": { "storageGb": ${gb} }`);
  return { ...blocked(rule, reason, ...workaround), part: 'database' };
}

function liveGb({ id, before }: ResourceChange, { liveStorageGb }: Scope): number | undefined {
  const live = Object.hasOwn(liveStorageGb, id) ? liveStorageGb[id] : undefined;
  return live === before?.number('AllocatedStorage') ? undefined : live;
}

/** Any modification of an instance sets the template's storage: github.com/aws/aws-cdk issue 29916. */
export function liveStorage(change: ResourceChange, scope: Scope): readonly Found[] {
  const [live, gb] = [liveGb(change, scope), change.after?.number('AllocatedStorage')];
  if (live === undefined || gb === undefined || live <= gb) return [];
  const text = `the running database has ${figure(live)} GB, the template ${figure(gb)}`;
  return [blockedStorage('live-storage-above-template', `${text}: the deployment would shrink it, which RDS refuses`, live)];
}
