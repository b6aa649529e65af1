import { type AwsErrorCode, awsError } from '../runtime/aws-error';

type Code = AwsErrorCode | 'no-region' | 'no-alarms' | 'no-database';

/** A store that could not be assessed. `message` says what to do, and is the whole text for the user. */
export class AssessorError extends Error {
  override readonly name = 'AssessorError';

  constructor(
    readonly code: Code,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What reading a store asks of IAM. */
export const readActions = ['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData', 'rds:DescribeDBInstances'] as const;
export type AwsAction = (typeof readActions)[number] | 'cloudwatch:PutMetricData';

/** Runs one call, and says what an error of it asks for. Errors that are none of AWS's answers are thrown on as they are. */
export async function callAws<Answer>(action: AwsAction, region: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw explain(error, action, region);
  }
}

function explain(error: unknown, action: AwsAction, region: string): unknown {
  if (!(error instanceof Error) || error instanceof AssessorError) return error;
  const needs = readActions.some((reading) => reading === action) ? readActions : [action];
  const failure = awsError(error, { action, region, needs });
  return failure ? new AssessorError(failure.code, failure.message, { cause: error }) : error;
}
