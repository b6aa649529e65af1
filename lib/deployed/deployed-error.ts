import { type AwsErrorCode, callAws as callForCommand } from '../../services/runtime/aws-error';

type Code = AwsErrorCode | 'busy' | 'stuck' | 'no-template';

/** A deployed store cannot be compared. `message` says what to do, and is the whole text for the user. */
export class DeployedError extends Error {
  override readonly name = 'DeployedError';

  constructor(
    readonly code: Code,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Rights that reading a deployed store needs. */
export const readActions = [
  'cloudformation:DescribeStackEvents',
  'cloudformation:DescribeStacks',
  'cloudformation:GetTemplate',
  'cloudformation:ListStackResources',
  'rds:DescribeDBInstances',
  'rds:DescribeEvents',
] as const;

/** @throws DeployedError when AWS does not answer, with what to do about it */
export function callAws<Answer>(
  action: (typeof readActions)[number],
  region: string,
  call: () => Promise<Answer>,
): Promise<Answer> {
  return callForCommand(DeployedError, { action, region, needs: readActions }, call);
}
