/** A template that cannot be reviewed; one line per problem. */
export class ReviewError extends Error {
  override readonly name = 'ReviewError';

  constructor(
    message: string,
    readonly problems: readonly string[],
  ) {
    super([message, ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}
