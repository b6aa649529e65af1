import type { AwsErrorCode } from '../../services/runtime/aws-error';

/** A refresh that wrote nothing. `message` says what to do, and is the whole text for the user. */
export class PricesError extends Error {
  override readonly name = 'PricesError';

  constructor(
    readonly code: AwsErrorCode | 'file' | 'no-such-key',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
