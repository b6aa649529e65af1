/** What a person can put right; written as one line, without a stack. */
export class LocalError extends Error {
  override readonly name = 'LocalError';
}
