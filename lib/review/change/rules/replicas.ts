import { isReplica } from '../../../template/database';
import type { Json } from '../../../template/template';
import { figure } from '../../text/money';
import type { Found } from '../finding';
import { formatChange } from '../format';
import type { ResourceChange } from '../resource-change';

/** AWS RDS user guide, USER_ReadRepl: made from a snapshot of the standby, so without a pause of the primary. */
export function addedInstance({ after, policies }: ResourceChange): readonly Found[] {
  if (!after || !isReplica(after)) return [{ kind: 'added', text: 'a database of its own, empty' }];
  const gb = after.number('AllocatedStorage');
  const size = [after.text('DBInstanceClass') ?? 'of the primary’s class', gb === undefined ? undefined : `${figure(gb)} GB`];
  const text = `${size.filter((one) => one !== undefined).join(', ')}; copied from the primary, minutes to hours by its size; then reads move there`;
  const unwise = policies.deletion.after === 'Snapshot' ? [cannotGo()] : [];
  return [{ kind: 'added', text, after: ['replicaLag'] }, ...unwise];
}

function cannotGo(): Found {
  return {
    kind: 'irreversible',
    text: 'deletion policy Snapshot: RDS takes no last snapshot of a replica, so it could not be deleted',
    irreversible: true,
  };
}

/** The primary does not get here: what holds data is looked at first. */
export function removedInstance({ before, policies }: ResourceChange): readonly Found[] {
  if (!before || !isReplica(before)) return [];
  if (policies.deletion.before === 'Snapshot') {
    return [
      {
        kind: 'blocked',
        text: 'RDS takes no last snapshot of a replica: its deletion fails, and it stays behind and is paid', // RDS API, DeleteDBInstance
        block: { rule: 'replica-with-snapshot', workaround: ['deploy it with "DeletionPolicy": "Delete" first'] },
      },
    ];
  }
  return [{ kind: 'removed', text: `${before.text('DBInstanceClass') ?? 'replica'}; reads go to what is left first` }];
}

/** Reads go to the primary while a replica is away, so the store is not interrupted. */
export function classOfReplica(before: Json, after: Json): readonly Found[] {
  return [
    {
      kind: 'restart',
      text: `${formatChange(before, after)}; away for minutes, reads go to the primary meanwhile`,
      after: ['replicaLag'],
    },
  ];
}
