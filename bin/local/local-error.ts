/** What a person can put right; written as one line, without a stack. */
export class LocalError extends Error {
  constructor(
    readonly code: 'port-in-use' | 'running' | 'failed',
    message: string,
  ) {
    super(message);
    this.name = 'LocalError';
  }
}
