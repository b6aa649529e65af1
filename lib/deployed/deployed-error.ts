import { type AwsErrorCode, awsError } from '../../services/runtime/aws-error';

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
const readActions = [
  'cloudformation:DescribeStacks',
  'cloudformation:GetTemplate',
  'rds:DescribeDBInstances',
  'rds:DescribeEvents',
] as const;

/** Runs one call, and explains an error of AWS. Other errors are rethrown. */
export async function callAws<Answer>(
  action: (typeof readActions)[number],
  region: string,
  call: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const failure = awsError(error, { action, region, needs: readActions });
    throw failure ? new DeployedError(failure.code, failure.message, { cause: error }) : error;
  }
}
