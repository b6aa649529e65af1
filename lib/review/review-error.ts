/** A template that cannot be reviewed; every problem is a line. */
export class ReviewError extends Error {
  override readonly name = 'ReviewError';

  constructor(
    readonly code: 'unknown-types' | 'no-quantity',
    message: string,
    readonly problems: readonly string[],
  ) {
    super([message, ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}
