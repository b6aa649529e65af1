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

/** Names of errors by what helps. */
const names = {
  expired: /^(ExpiredToken(Exception)?|RequestExpired|TokenRefreshRequired)$/,
  unknownKey: /^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException)$/,
  denied: /^(AccessDenied(Exception)?|UnauthorizedOperation|AuthorizationError|OptInRequired)$/,
  throttled:
    /^(Throttling(Exception)?|ThrottledException|RequestLimitExceeded|TooManyRequestsException|LimitExceeded(Exception|Fault))$/,
};

/** What an error of the SDK asks for; undefined where it is not an error of a call. */
function awsError(error: Error, { action, region, needs }: AwsCall): AwsError | undefined {
  const found = [error.name, property(error, 'Code'), property(error, 'code')];
  const is = (kind: keyof typeof names) => found.some((name) => name !== undefined && names[kind].test(name));

  if (is('expired') || (error.name === 'CredentialsProviderError' && /expired/i.test(error.message))) {
    const message = `The AWS credentials have expired; log in again, for example with: ${login()}`;
    return { code: 'expired-credentials', message };
  }
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
    return { code: 'no-credentials', message: noCredentials() };
  }
  if (is('unknownKey')) {
    const message = `AWS does not know these credentials (${error.name}); check AWS_PROFILE, AWS_ACCESS_KEY_ID and the clock of this machine`;
    return { code: 'no-credentials', message };
  }
  if (is('denied')) {
    const statement = JSON.stringify({ Effect: 'Allow', Action: needs, Resource: '*' });
    const message = `AWS refuses ${action} in ${region}; the caller's policy needs this statement:\n  ${statement}`;
    return { code: 'access-denied', message };
  }
  if (is('throttled')) {
    const message = `AWS still throttles ${action} in ${region} after several attempts; try again in a few minutes`;
    return { code: 'throttled', message };
  }
  const reason = firstLine(error.message);
  if (property(error, '$fault') !== undefined) {
    return { code: 'refused', message: `AWS answers ${action} in ${region} with ${error.name}: ${reason}` };
  }
  const tried: unknown = Reflect.get(error, '$metadata'); // the SDK gives it to errors of its calls, with the status of an answer
  if (typeof tried !== 'object' || tried === null) return undefined;
  if ('httpStatusCode' in tried && tried.httpStatusCode !== undefined) {
    return { code: 'malformed-answer', message: `The answer to ${action} in ${region} cannot be read: ${reason}` };
  }
  const message = `No answer to ${action} in ${region} (${reason}); check the name of the region and the network`;
  return { code: 'unreachable', message };
}

/** A command's own error, whose message is the whole text for the user. */
type CommandError = new (code: AwsErrorCode, message: string, options: ErrorOptions) => Error;

/** Runs one call. An error of the call becomes the command's error, which says what to do; other errors are thrown as they are. */
export async function callAws<Answer>(Failure: CommandError, call: AwsCall, run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof Failure) throw error;
    const failure = awsError(error, call);
    throw failure ? new Failure(failure.code, failure.message, { cause: error }) : error;
  }
}

/** CloudFormation has no error of its own for a stack that is not there. */
export function absent(error: unknown): undefined {
  if (error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist')) return undefined;
  throw error;
}

/**
 * Settings of the SDK's clients in commands and in the assessor, which make a dozen calls: too few for the adaptive mode to learn a
 * rate. AWS throttles some of these calls for the whole account; six attempts wait up to half a minute.
 */
export const clientSettings = {
  retryMode: 'standard',
  maxAttempts: 6,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
} as const;

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
