import { type AwsErrorCode, callAws as callForCommand } from '../runtime/aws-error';

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

/** IAM actions that reading a store needs. */
export const readActions = ['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData', 'rds:DescribeDBInstances'] as const;
export type AwsAction = (typeof readActions)[number] | 'cloudwatch:PutMetricData';

/** @throws AssessorError when AWS does not answer, with what to do about it */
export function callAws<Answer>(action: AwsAction, region: string, call: () => Promise<Answer>): Promise<Answer> {
  const needs = readActions.some((reading) => reading === action) ? readActions : [action];
  return callForCommand(AssessorError, { action, region, needs }, call);
}
