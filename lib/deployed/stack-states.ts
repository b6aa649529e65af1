import type { StackStatus } from '@aws-sdk/client-cloudformation';

/** What a deployment finds. `absent` and `unfinished` are first deployments; `busy` and `stuck` ask for something first. */
export type StackState = { readonly kind: 'deployed' | 'absent' | 'unfinished' } | NotNow;

/** `way`: a command of the AWS CLI; stack and region come behind it. */
export interface NotNow {
  readonly kind: 'busy' | 'stuck';
  readonly text: string;
  readonly way: string;
}

const deployed = { kind: 'deployed' } as const;
const busy = (command: string) =>
  ({ kind: 'busy', text: 'it is being changed; wait, then try again', way: `aws cloudformation ${command}` }) as const;
const wait = (end: string) => busy(`wait stack-${end}-complete`);
const look = busy('describe-stacks');
const leaving = 'docs/leaving.md, from 3 on, says how';

/**
 * Each status of a stack. AWS tells what may follow on which:
 * docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html, stack-failure-options.html.
 * That the CDK deletes a stack whose creation was rolled back was read in its release 2.1148.1; a store's is protected from that.
 */
export const stackStates: Readonly<Record<StackStatus, StackState>> = {
  CREATE_COMPLETE: deployed,
  UPDATE_COMPLETE: deployed,
  UPDATE_ROLLBACK_COMPLETE: deployed,
  IMPORT_COMPLETE: deployed,
  IMPORT_ROLLBACK_COMPLETE: deployed,

  REVIEW_IN_PROGRESS: { kind: 'absent' }, // a change set was made for it, and never executed
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

  UPDATE_FAILED: {
    kind: 'stuck',
    text: 'the last deployment stopped partway; take it back first',
    way: 'aws cloudformation rollback-stack',
  },
  UPDATE_ROLLBACK_FAILED: {
    kind: 'stuck',
    text: 'the last deployment could not be taken back; fix the failures in its events, then continue',
    way: 'aws cloudformation continue-update-rollback',
  },
  ROLLBACK_COMPLETE: {
    kind: 'stuck',
    text: `the first deployment failed and was taken back; such a stack can only be deleted (${leaving})`,
    way: 'aws cloudformation delete-stack',
  },
  ROLLBACK_FAILED: {
    kind: 'stuck',
    text: `the first deployment failed and could not be taken back; such a stack can only be deleted (${leaving})`,
    way: 'aws cloudformation delete-stack',
  },
  DELETE_FAILED: {
    kind: 'stuck',
    text: `it was being deleted, and something stayed (${leaving})`,
    way: 'aws cloudformation delete-stack',
  },
  IMPORT_ROLLBACK_FAILED: {
    kind: 'stuck',
    text: 'an import could not be taken back; its events say why',
    way: 'aws cloudformation describe-stack-events',
  },
};
