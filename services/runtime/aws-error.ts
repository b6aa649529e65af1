/** A call to AWS that somebody has to make possible. */
export interface AwsCall {
  /** As IAM names it: `cloudformation:GetTemplate`. */
  readonly action: string;
  readonly region: string;
  /** All that the caller's policy needs, so that it is written once. */
  readonly needs: readonly string[];
}

export type AwsErrorCode =
  | 'no-credentials'
  | 'expired-credentials'
  | 'access-denied'
  | 'throttled'
  | 'unreachable'
  | 'malformed-answer'
  | 'refused';

/** Why a call failed. `message` says what to do, and is the whole text for the user. */
export interface AwsError {
  readonly code: AwsErrorCode;
  readonly message: string;
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

/** What an error of the SDK asks for; undefined where it is none of a call's. */
export function awsError(error: Error, { action, region, needs }: AwsCall): AwsError | undefined {
  const names = [error.name, property(error, 'Code'), property(error, 'code')].filter((name) => name !== undefined);
  const is = (kind: ReadonlySet<string>) => names.some((name) => kind.has(name));

  if (is(expired) || (error.name === 'CredentialsProviderError' && /expired/i.test(error.message))) {
    return {
      code: 'expired-credentials',
      message: `The AWS credentials have expired; log in again, for example with: ${login()}`,
    };
  }
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
    return { code: 'no-credentials', message: noCredentials() };
  }
  if (is(unknownKey)) {
    return {
      code: 'no-credentials',
      message: `AWS does not know these credentials (${error.name}); check AWS_PROFILE, AWS_ACCESS_KEY_ID and the clock of this machine`,
    };
  }
  if (is(denied)) {
    const statement = JSON.stringify({ Effect: 'Allow', Action: needs, Resource: '*' });
    return {
      code: 'access-denied',
      message: `AWS refuses ${action} in ${region}; the caller's policy needs this statement:\n  ${statement}`,
    };
  }
  if (is(throttled)) {
    return {
      code: 'throttled',
      message: `AWS still throttles ${action} in ${region} after several attempts; try again in a few minutes`,
    };
  }
  if (property(error, '$fault') !== undefined) {
    return {
      code: 'refused',
      message: `AWS answers to ${action} in ${region}: ${error.name}: ${firstLine(error.message)}`,
    };
  }
  const tried: unknown = Reflect.get(error, '$metadata'); // the SDK gives it to errors of its calls, with the status of an answer
  if (typeof tried !== 'object' || tried === null) return undefined;
  if ('httpStatusCode' in tried && tried.httpStatusCode !== undefined) {
    return {
      code: 'malformed-answer',
      message: `The answer to ${action} in ${region} cannot be read: ${firstLine(error.message)}`,
    };
  }
  return {
    code: 'unreachable',
    message: `No answer to ${action} in ${region} (${firstLine(error.message)}); check the name of the region and the network`,
  };
}

const profile = (): string | undefined => process.env['AWS_PROFILE'] || undefined; // an empty variable is none
const login = (): string => ['aws sso login', profile()].filter((piece) => piece !== undefined).join(' --profile ');

function noCredentials(): string {
  const name = profile();
  return name === undefined
    ? `No AWS credentials were found; set AWS_PROFILE, or log in, for example with: ${login()}`
    : `No AWS credentials were found for the profile ${name} (AWS_PROFILE); compare it with: aws configure list-profiles; or log in, for example with: ${login()}`;
}

function property(error: Error, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
