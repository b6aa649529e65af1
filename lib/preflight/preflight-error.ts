import { type AwsErrorCode, callAws as callForCommand } from '../../services/runtime/aws-error';

/** AWS did not answer. `message` says what to do, and is the whole text for the user. */
export class PreflightError extends Error {
  override readonly name = 'PreflightError';

  constructor(
    readonly code: AwsErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Rights that the preflight needs; all of them only read. */
export const preflightActions = [
  'acm:DescribeCertificate',
  'ec2:DescribeAddresses',
  'ec2:DescribeAvailabilityZones',
  'ec2:DescribeManagedPrefixLists',
  'rds:DescribeDBSnapshots',
  'rds:DescribeOrderableDBInstanceOptions',
  'secretsmanager:DescribeSecret',
  'servicequotas:GetServiceQuota',
  'ssm:GetParameter',
  'sts:GetCallerIdentity',
] as const;

/** @throws PreflightError when AWS does not answer, with what to do about it */
export function callAws<Answer>(
  action: (typeof preflightActions)[number],
  region: string,
  call: () => Promise<Answer>,
): Promise<Answer> {
  return callForCommand(PreflightError, { action, region, needs: preflightActions }, call);
}

/** What AWS does not have is an answer, too: undefined in place of its error, for a `catch`. */
export const undefinedOn =
  (Missing: abstract new (...given: never) => Error) =>
  (error: unknown): undefined => {
    if (error instanceof Missing) return undefined;
    throw error;
  };
