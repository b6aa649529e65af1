import type { StackStatus } from '@aws-sdk/client-cloudformation';

/** What a deployment finds. `absent` and `unfinished` are first deployments; `busy` and `stuck` need something first. */
export type StackState = { readonly kind: 'deployed' | 'absent' | 'unfinished' } | NotNow;

/** `command`: of the AWS CLI, without stack and region. */
export interface NotNow {
  readonly kind: 'busy' | 'stuck';
  readonly text: string;
  readonly command: string;
  /** The stack goes back to the template before its last deployment, and what is to be deployed can be compared with that. */
  readonly rollsBack?: true;
}

const deployed = { kind: 'deployed' } as const;
const busy = (command: string): NotNow => ({ kind: 'busy', text: 'it is being changed; wait, then try again', command });
const stuck = (text: string, command: string): NotNow => ({ kind: 'stuck', text, command });
const wait = (end: string) => busy(`wait stack-${end}-complete`);
const look = busy('describe-stacks');
const leaving = 'see docs/leaving.md, from step 3';
const afterFailure = 'see docs/leaving.md, "After a failed first deployment"';
const deadEnd = (text: string) => stuck(`${text}; such a stack can only be deleted (${afterFailure})`, 'delete-stack');

/**
 * Each status of a stack that has been complete once. AWS documents what may follow each:
 * docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html, stack-failure-options.html.
 * That the CDK deletes a stack whose creation was rolled back was read in its release 2.1148.1; a store's is protected from that.
 */
const stackStates: Readonly<Record<StackStatus, StackState>> = {
  CREATE_COMPLETE: deployed,
  UPDATE_COMPLETE: deployed,
  UPDATE_ROLLBACK_COMPLETE: deployed,
  IMPORT_COMPLETE: deployed,
  IMPORT_ROLLBACK_COMPLETE: deployed,

  REVIEW_IN_PROGRESS: { kind: 'absent' }, // a change set was created for it, and never executed
  DELETE_COMPLETE: { kind: 'absent' },
  CREATE_FAILED: { kind: 'unfinished' }, // kept by --no-rollback

  CREATE_IN_PROGRESS: wait('create'),
  UPDATE_IN_PROGRESS: wait('update'),
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: wait('update'),
  UPDATE_ROLLBACK_IN_PROGRESS: wait('rollback'),
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: wait('rollback'),
  DELETE_IN_PROGRESS: wait('delete'),
  IMPORT_IN_PROGRESS: wait('import'),
  IMPORT_ROLLBACK_IN_PROGRESS: look,
  ROLLBACK_IN_PROGRESS: look,

  UPDATE_FAILED: stuck('the last deployment stopped partway; roll it back first', 'rollback-stack'),
  UPDATE_ROLLBACK_FAILED: {
    ...stuck(
      'the rollback of the last deployment failed, and it takes no other; fix what failed, then continue the rollback',
      'continue-update-rollback',
    ),
    rollsBack: true,
  },
  ROLLBACK_COMPLETE: deadEnd('the first deployment failed and was rolled back'),
  ROLLBACK_FAILED: deadEnd('the first deployment failed, and so did its rollback'),
  DELETE_FAILED: stuck(`its deletion is incomplete (${leaving})`, 'delete-stack'),
  IMPORT_ROLLBACK_FAILED: stuck('the rollback of an import failed; its events say why', 'describe-stack-events'),
};

/** A status that is newer than the table needs a look first. */
export function stateOf(status: StackStatus | undefined): StackState {
  return (status && stackStates[status]) ?? stuck('this state is not known here', 'describe-stack-events');
}
