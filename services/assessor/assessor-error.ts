type Code =
  | 'no-region'
  | 'no-credentials'
  | 'expired-credentials'
  | 'access-denied'
  | 'throttled'
  | 'unreachable'
  | 'malformed-answer'
  | 'refused'
  | 'no-alarms'
  | 'no-database';

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
export async function calling<Answer>(action: AwsAction, region: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw explain(error, action, region);
  }
}

const expired: ReadonlySet<string> = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']);
const unknownKey: ReadonlySet<string> = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
]);
const denied: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'AuthorizationError',
  'OptInRequired',
]);
const throttled: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'LimitExceededException',
  'LimitExceededFault',
]);
function explain(error: unknown, action: AwsAction, region: string): unknown {
  if (!(error instanceof Error) || error instanceof AssessorError) return error;
  const names = [error.name, property(error, 'Code'), property(error, 'code')].filter((name) => name !== undefined);
  const is = (kind: ReadonlySet<string>) => names.some((name) => kind.has(name));
  const because = (code: Code, message: string) => new AssessorError(code, message, { cause: error });

  if (is(expired) || (error.name === 'CredentialsProviderError' && /expired/i.test(error.message))) {
    return because('expired-credentials', `The AWS credentials have expired; log in again, for example with: ${login()}`);
  }
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
    return because('no-credentials', noCredentials());
  }
  if (is(unknownKey)) {
    return because(
      'no-credentials',
      `AWS does not know these credentials (${error.name}); check AWS_PROFILE, AWS_ACCESS_KEY_ID and the clock of this machine`,
    );
  }
  if (is(denied))
    return because(
      'access-denied',
      `AWS refuses ${action} in ${region}; the caller's policy needs this statement:\n  ${statement(action)}`,
    );
  if (is(throttled))
    return because('throttled', `AWS still throttles ${action} in ${region} after several attempts; try again in a few minutes`);
  if (property(error, '$fault') !== undefined) {
    return because('refused', `AWS answers to ${action} in ${region}: ${error.name}: ${firstLine(error.message)}`);
  }
  const tried: unknown = Reflect.get(error, '$metadata'); // the SDK gives it to errors of its calls, with the status of an answer
  if (typeof tried !== 'object' || tried === null) return error;
  if ('httpStatusCode' in tried && tried.httpStatusCode !== undefined) {
    return because('malformed-answer', `The answer to ${action} in ${region} cannot be read: ${firstLine(error.message)}`);
  }
  return because(
    'unreachable',
    `No answer to ${action} in ${region} (${firstLine(error.message)}); check the name of the region and the network`,
  );
}

const profile = (): string | undefined => process.env['AWS_PROFILE'] || undefined; // an empty variable is none
const login = (): string => ['aws sso login', profile()].filter((piece) => piece !== undefined).join(' --profile ');

function noCredentials(): string {
  const name = profile();
  return name === undefined
    ? `No AWS credentials were found; set AWS_PROFILE, or log in, for example with: ${login()}`
    : `No AWS credentials were found for the profile ${name} (AWS_PROFILE); compare it with: aws configure list-profiles; or log in, for example with: ${login()}`;
}

function statement(action: AwsAction): string {
  const actions = (readActions as readonly string[]).includes(action) ? readActions : [action];
  return JSON.stringify({ Effect: 'Allow', Action: actions, Resource: '*' });
}

function property(error: Error, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
