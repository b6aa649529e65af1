import { type AwsErrorCode, awsError } from '../../services/runtime/aws-error';

type Code = AwsErrorCode | 'busy' | 'stuck' | 'no-template';

/** A deployed store that cannot be compared with. `message` says what to do, and is the whole text for the user. */
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

/** What reading a deployed store asks of IAM. */
const readActions = [
  'cloudformation:DescribeStacks',
  'cloudformation:GetTemplate',
  'rds:DescribeDBInstances',
  'rds:DescribeEvents',
] as const;

/** Runs one call, and says what an error of it asks for. Errors that are none of AWS's answers are thrown on as they are. */
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
