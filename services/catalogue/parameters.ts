/** PostgreSQL’s code. */
export const foreignKeyViolation = '23503';

/** Values of a statement, each with its place in the text. */
export function parameters() {
  const values: unknown[] = [];
  return {
    values,
    value: (given: unknown, type?: string): string => `$${values.push(given)}${type === undefined ? '' : `::${type}`}`,
  };
}
